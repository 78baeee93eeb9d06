//! `--paste`: the redirect comes through standard input.

use std::io::Write as _;
use std::process::Stdio;

use crate::support::{Running, User, allow, base_url, deny, parameter, platform, secrets};
use your_moms_sandbox::Server;

fn pasting(server: &Server, arguments: &[&str]) -> (User, Running) {
    let user = User::of(server);
    let mut command = user.command(&["connect", "instagram", "--base-url", &base_url(server)]);
    let child = command.args(arguments).stdin(Stdio::piped()).spawn().unwrap();
    (user, Running::of(child))
}

fn paste(running: &mut Running, line: &str) {
    let mut stdin = running.child.stdin.take().unwrap();
    writeln!(stdin, "{line}").unwrap();
}

#[test]
fn a_pasted_redirect_finishes_the_authorization() {
    let server = platform();
    let (user, mut running) = pasting(&server, &["--paste"]);
    let link = running.link();
    assert_eq!(parameter(&link, "redirect_uri"), "http://127.0.0.1/callback");
    let redirect = allow(&server, &link);
    paste(&mut running, &format!("  {redirect}\r"));
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(user.kept()["instances"]["instagram"]["instance"]["instance"]["id"], 123);
    ended.hides(secrets(&server).iter().map(String::as_str));
    ended.hides([parameter(&redirect, "code").as_str()]);
}

#[test]
fn a_callback_url_elsewhere_is_pasted_too() {
    let server = platform();
    let callback = "https://www.mycoolapp.com/auth";
    server.sandbox().register_redirect_uri(callback);
    let (_user, mut running) = pasting(&server, &["--callback-url", callback]);
    let link = running.link();
    assert_eq!(parameter(&link, "redirect_uri"), callback);
    let redirect = allow(&server, &link);
    paste(&mut running, &redirect);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_pasted_denial_is_one() {
    let server = platform();
    let (_user, mut running) = pasting(&server, &["--paste"]);
    let link = running.link();
    paste(&mut running, &deny(&server, &link));
    assert_eq!(running.end().code, Some(3));
}

#[test]
fn without_a_terminal_the_first_line_counts() {
    for line in ["http://127.0.0.1/callback?code=SENTINEL&state=guessed", "SENTINEL", ""] {
        let server = platform();
        let (user, mut running) = pasting(&server, &["--paste"]);
        running.link();
        paste(&mut running, line);
        let ended = running.end();
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{line}");
        let end = "error: what was pasted does not carry the `state` of this authorization\n  help: paste the whole URL that \
                   the browser ends up at\n";
        assert!(ended.stderr.ends_with(end), "{ended:?}");
        ended.hides(["SENTINEL"]);
        assert!(!user.store().exists());
    }
}

#[test]
fn nothing_pasted_is_an_error() {
    let server = platform();
    let (_user, mut running) = pasting(&server, &["--paste"]);
    drop(running.child.stdin.take());
    let ended = running.end();
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.ends_with("error: no redirect was pasted\n  help: give the URL that the browser ends up at on standard input\n"), "{ended:?}");
}

#[test]
fn a_callback_url_of_plain_http_needs_a_flag() {
    let server = platform();
    let callback = "http://app.example/auth";
    server.sandbox().register_redirect_uri(callback);
    let user = User::of(&server);
    let ended =
        user.run(&["connect", "instagram", "--base-url", &base_url(&server), "--callback-url", callback]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: the callback URL is plain http to a host that is not a loopback address; use `https://`, or \
         `http://127.0.0.1`\n  help: --allow-http-callback accepts it all the same; the code then travels unencrypted\n"
    );
    assert!(server.sandbox().journal().is_empty());

    let (_user, mut running) = pasting(&server, &["--callback-url", callback, "--allow-http-callback"]);
    let link = running.link();
    assert_eq!(parameter(&link, "redirect_uri"), callback);
    let redirect = allow(&server, &link);
    paste(&mut running, &redirect);
    assert_eq!(running.end().code, Some(0));
}
