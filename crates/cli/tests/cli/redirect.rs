//! The provider's redirect to the loopback listener: what counts, what does not, and what the browser is shown.

use crate::support::{
    Running, User, allow, base_url, connect, deny, get, get_as_browser, get_on, parameter, platform, secrets,
};
use serde_json::{Value, json};
use your_moms_sandbox::Server;

fn connecting(server: &Server) -> (User, Running, String) {
    let user = User::of(server);
    let mut running = user.start(&["connect", "instagram", "--base-url", &base_url(server)]);
    let link = running.link();
    (user, running, link)
}

#[test]
fn allowed() {
    let server = platform();
    let user = User::of(&server);
    let mut running = user.start(&["connect", "instagram", "--json", "--base-url", &base_url(&server)]);
    let link = running.link();
    let page = get(&allow(&server, &link));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1>Access allowed</h1>"), "{}", page.body);
    for header in [
        "cache-control: no-store",
        "content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        "content-type: text/html;charset=utf-8",
        "referrer-policy: no-referrer",
        "x-content-type-options: nosniff",
    ] {
        assert!(page.head.lines().any(|line| line == header), "{header} in {}", page.head);
    }
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let kept = user.store().display().to_string();
    assert_eq!(
        serde_json::from_str::<Value>(&ended.stdout).unwrap(),
        json!({ "id": 123, "name": "instagram", "connector": "instagram", "kept": kept })
    );
    assert!(ended.stderr.ends_with("Next: your-moms call GET /ping --instance instagram\n"), "{ended:?}");
    ended.hides(secrets(&server).iter().map(String::as_str));
    ended.hides([user.kept()["instances"]["instagram"]["instance"]["instance"]["token"].as_str().unwrap()]);
}

/// The browser asks for the next page at once; it is green only when the instance exists, or is authorized anew.
#[test]
fn the_page_follows_the_creation() {
    for (anew, fault) in
        [(false, None), (false, Some("status-403")), (true, None), (true, Some("status-403"))]
    {
        let title = if fault.is_none() { "instagram is connected" } else { "instagram is not connected yet" };
        let server = platform();
        let (user, mut running, mut link) = connecting(&server);
        if anew {
            get(&allow(&server, &link));
            assert_eq!(running.end().code, Some(0));
            let url = base_url(&server);
            running = user.start(&["connect", "instagram", "--reauthorize", "instagram", "--base-url", &url]);
            link = running.link();
        }
        let redirect = allow(&server, &link);
        if let Some(fault) = fault {
            let call = if anew {
                your_moms_sandbox::Call::UpdateInstance
            } else {
                your_moms_sandbox::Call::CreateInstance
            };
            server.sandbox().fail_next(call, fault.parse().unwrap());
        }
        // While this guard lives the platform does not respond.
        let guard = server.sandbox();
        let waiting = get_as_browser(&redirect);
        assert_eq!(waiting.status, 200);
        assert!(waiting.body.contains("<title>Access allowed · your-moms</title>"), "{}", waiting.body);
        let (_, next) = waiting.body.split_once("http-equiv=\"refresh\" content=\"0; url=").unwrap();
        let next = next.split('"').next().unwrap();
        assert!(!waiting.body.contains("sign good"), "{}", waiting.body);
        let origin = redirect.split('/').take(3).collect::<Vec<_>>().join("/");
        let next = format!("{origin}{next}");
        let followed = std::thread::spawn(move || get_as_browser(&next));
        drop(guard);
        let page = followed.join().unwrap();
        assert!(page.body.contains(&format!("<h1>{title}</h1>")), "{}", page.body);
        assert_eq!(page.body.contains("sign good"), fault.is_none());
        assert!(!page.body.contains("http-equiv=\"refresh\""), "{}", page.body);
        assert_eq!(running.end().code, Some(if fault.is_none() { 0 } else { 4 }));
    }
}

#[test]
fn without_a_browser_the_link_is_printed_and_the_redirect_awaited() {
    let server = platform();
    let user = User::of(&server).with("BROWSER", "false");
    let mut running = user.start(&["connect", "instagram", "--no-browser", "--base-url", &base_url(&server)]);
    let link = running.link();
    let callback = parameter(&link, "redirect_uri");
    running.line_with("If the page shows an error, check at the provider that the API key is right");
    running.line_with(&format!("is registered: {callback}"));
    assert_eq!(get(&allow(&server, &link)).status, 200);
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!ended.stderr.contains("No browser could be started"), "{ended:?}");
}

#[test]
fn denied() {
    let server = platform();
    let (user, running, link) = connecting(&server);
    let page = get(&deny(&server, &link));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<p>You denied access. Nothing was connected.</p>"), "{}", page.body);
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""));
    assert!(
        ended.stderr.ends_with(
            "error: instagram was not connected: access was denied\n  the provider says: The user denied your request\n  \
             help: start again, and allow access on the provider's page\n"
        ),
        "{ended:?}"
    );
    assert!(!user.store().exists());
    assert_eq!(server.sandbox().instances(), []);
}

#[test]
fn strays_do_not_end_the_waiting() {
    let server = platform();
    let (_user, mut running, link) = connecting(&server);
    let callback = parameter(&link, "redirect_uri");
    let state = parameter(&link, "state");
    let origin = callback.strip_suffix("/callback").unwrap();

    for other in ["/favicon.ico", "/", "/callback/", "/callback2?code=x"] {
        assert_eq!(get(&format!("{origin}{other}")).status, 404, "{other}");
    }
    for query in [
        "code=x&state=guessed",
        "error=access_denied&state=guessed",
        "code=x",
        &format!("code=x&code=y&state={state}"),
        "code=%zz",
    ] {
        let page = get(&format!("{callback}?{query}"));
        assert_eq!(page.status, 400, "{query}");
        assert!(page.body.contains("<h1>This link cannot be used</h1>"), "{}", page.body);
    }
    running.line_with("A redirect without the `state` of this authorization was ignored, and so are others.");
    // Guessing is not served for ever, and does not keep the user out.
    let statuses: Vec<_> =
        (5..34).map(|guess| get(&format!("{callback}?code=x&state={guess}")).status).collect();
    assert_eq!(statuses, [[400; 27].as_slice(), &[429; 2]].concat());
    // A connection that stays silent does not hold up others.
    let _silent = connect(&callback);
    assert_eq!(get(&allow(&server, &link)).status, 200);
    let ended = running.end();
    assert_eq!((ended.code, ended.stderr.matches("was ignored").count()), (Some(0), 1), "{ended:?}");
}

#[test]
fn a_request_for_another_host_is_not_for_this_program() {
    use std::io::{Read as _, Write as _};
    let server = platform();
    let (_user, running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let (host, path) = redirect.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let port = host.split_once(':').unwrap().1;
    let (rebound, twice) = (format!("evil.example:{port}"), format!("{host}\r\nHost: {host}"));
    for host in [rebound.as_str(), "127.0.0.1", "127.0.0.1:1", &twice] {
        let mut connection = connect(&redirect);
        write!(connection, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut response = String::new();
        connection.read_to_string(&mut response).unwrap();
        assert!(response.starts_with("HTTP/1.1 421 "), "{host}: {response}");
    }
    // It has used nothing up.
    assert_eq!(get(&redirect).status, 200);
    assert_eq!(running.end().code, Some(0));
}

/// Any program on this machine can open connections and say nothing.
#[test]
fn silent_connections_do_not_keep_the_browser_out() {
    let server = platform();
    let (_user, running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let silent: Vec<_> = (0..200).map(|_| connect(&redirect)).collect();
    assert_eq!(get(&redirect).status, 200);
    drop(silent);
    assert_eq!(running.end().code, Some(0));
}

/// The page that follows the creation is for the browser that brought the redirect.
#[test]
fn there_is_no_next_page_before_the_redirect() {
    let server = platform();
    let (_user, running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let origin = redirect.split('/').take(3).collect::<Vec<_>>().join("/");
    let next = format!("{origin}/your-moms/connecting");
    assert_eq!(get(&next).status, 404);
    let guard = server.sandbox();
    assert_eq!(get(&redirect).status, 200);
    let forged = get_on(connect(&next), &next.replace("127.0.0.1", "evil.example"));
    assert_eq!(forged.status, 421);
    drop(guard);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_redirect_of_this_authorization_that_cannot_be_used_ends_it() {
    for (query, why) in [
        ("", "the redirect has no `code`"),
        ("&code=SENTINEL&error=e", "it has both a `code` and an `error`"),
    ] {
        let server = platform();
        let (user, running, link) = connecting(&server);
        let (callback, state) = (parameter(&link, "redirect_uri"), parameter(&link, "state"));
        let page = get(&format!("{callback}?state={state}{query}"));
        assert_eq!(page.status, 400);
        assert!(page.body.contains("<h1>This redirect cannot be used</h1>"), "{}", page.body);
        let ended = running.end();
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
        assert!(ended.stderr.contains("error: instagram was not connected\n"), "{ended:?}");
        assert!(ended.stderr.contains(why), "{ended:?}");
        ended.hides(["SENTINEL"]);
        assert!(!user.store().exists());
    }
}

#[test]
fn only_the_first_redirect_counts() {
    let server = platform();
    let (_user, running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let state = parameter(&link, "state");
    let denial = format!("{}?error=access_denied&state={state}", parameter(&link, "redirect_uri"));
    // While this guard lives the platform does not respond, so the program is still creating the instance.
    let guard = server.sandbox();
    assert_eq!(get(&redirect).status, 200);
    for second in [&redirect, &denial] {
        let page = get(second);
        assert_eq!(page.status, 409);
        assert!(page.body.contains("<h1>Already received</h1>"), "{}", page.body);
    }
    drop(guard);
    assert_eq!(running.end().code, Some(0));
    assert_eq!(server.sandbox().instances().len(), 1);
}

#[test]
fn two_sockets_side_by_side() {
    let server = platform();
    let (_user, running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let (first, second) = (connect(&redirect), connect(&redirect));
    let favicon = redirect.replace("/callback", "/favicon.ico");
    assert_eq!(get_on(second, &favicon).status, 404);
    assert_eq!(get_on(first, &redirect).status, 200);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_browser_that_never_comes_back() {
    let server = platform();
    let user = User::of(&server);
    let ended = user.run(&["connect", "instagram", "--timeout", "1", "--base-url", &base_url(&server)]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(5), ""));
    assert!(
        ended.stderr.ends_with(
            "error: the provider sent no redirect within 1s\n  help: nothing was connected; start again\n"
        ),
        "{ended:?}"
    );
    assert!(!user.store().exists());
}

#[test]
fn the_program_listens_exactly_at_a_registered_callback_url() {
    let server = platform();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let callback = format!("http://{free}/auth/back");
    server.sandbox().register_redirect_uri(&callback);
    let user = User::of(&server);
    let mut running =
        user.start(&["connect", "instagram", "--callback-url", &callback, "--base-url", &base_url(&server)]);
    let link = running.link();
    assert_eq!(parameter(&link, "redirect_uri"), callback);
    let redirect = allow(&server, &link);
    assert!(redirect.starts_with(&callback), "{redirect}");
    assert_eq!(get(&redirect).status, 200);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_callback_url_that_is_taken_is_an_error() {
    let server = platform();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let user = User::of(&server);
    let callback = format!("http://{address}/callback");
    let ended =
        user.run(&["connect", "instagram", "--callback-url", &callback, "--base-url", &base_url(&server)]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.starts_with(&format!("error: this program cannot listen at {address}\n")),
        "{ended:?}"
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_waiting_leaves_nothing() {
    let server = platform();
    let (user, running, _link) = connecting(&server);
    running.interrupt();
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(130), ""));
    assert!(ended.stderr.ends_with("error: interrupted\n"), "{ended:?}");
    assert!(!user.store().exists());
    assert_eq!(server.sandbox().instances(), []);
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_creating_waits_for_the_response() {
    let server = platform();
    let (user, mut running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let guard = server.sandbox();
    get(&redirect);
    running.line_with("3/3");
    running.interrupt();
    running.line_with("waiting for the response. Press Ctrl-C again to give up.");
    drop(guard);
    assert_eq!(running.end().code, Some(0));
    assert_eq!(user.kept()["instances"]["instagram"]["instance"]["instance"]["id"], 123);
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_gives_up_and_leaves_a_record() {
    let server = platform();
    let (user, mut running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    let guard = server.sandbox();
    get(&redirect);
    running.line_with("3/3");
    running.interrupt();
    running.line_with("Press Ctrl-C again to give up.");
    running.interrupt();
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(130), ""));
    drop(guard);
    let end = "error: interrupted while the instance was being created\n  help: it may exist all the same: `your-moms recover` \
               looks for it\n";
    assert!(ended.stderr.ends_with(end), "{ended:?}");
    let kept = user.kept();
    assert_eq!((&kept["instances"], &kept["creations"][0]["name"]), (&json!({}), &json!("instagram")));
}

#[cfg(unix)]
#[test]
fn the_browser_gets_the_link_in_a_file_that_only_this_user_reads() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = platform();
    let user = User::of(&server);
    // The pipe tells when the browser has run: reading it ends when the script has written it.
    let pipe = user.directory.path().join("opened");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let browser = user.directory.path().join("browser");
    std::fs::write(&browser, format!("#!/bin/sh\necho \"$@\" > '{}'\n", pipe.display())).unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o700)).unwrap();

    let user = user.with("BROWSER", browser.to_str().unwrap());
    let mut running = user.start(&["connect", "instagram", "--json", "--base-url", &base_url(&server)]);
    let link = running.link();
    let opened = std::fs::read_to_string(&pipe).unwrap();
    let page = std::path::Path::new(opened.trim().strip_prefix("file://").unwrap());
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(page), mode(page.parent().unwrap())), (0o600, 0o700));
    let escaped = link.replace('&', "&amp;");
    let refresh = format!("<meta http-equiv=\"refresh\" content=\"0; url={escaped}\">");
    let text = std::fs::read_to_string(page).unwrap();
    assert!(text.contains(&refresh), "{refresh} in {text}");
    assert_eq!(get(&allow(&server, &link)).status, 200);
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.lines().count()), (Some(0), 1), "{ended:?}");
    assert!(!page.parent().unwrap().exists());
}
