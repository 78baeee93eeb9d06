//! At a terminal: prompts, what moves while the user waits, colours.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use your_moms_sandbox::{Call, Fault};

use crate::pty::{Terminal, plain};
use crate::support::{User, allow, base_url, platform};

/// A platform whose responses are given one by one.
struct Platform(TcpListener);

impl Platform {
    fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn base_url(&self) -> String {
        format!("http://{}/your_moms/api-v2", self.0.local_addr().unwrap())
    }

    /// The next request, which waits for its response.
    fn asked(&self) -> TcpStream {
        let (mut stream, _) = self.0.accept().unwrap();
        // No request of these tests comes in more than one piece.
        assert!(stream.read(&mut [0; 8192]).unwrap() > 0);
        stream
    }
}

fn respond(mut to: TcpStream, status: &str, body: &str) {
    let length = body.len();
    write!(to, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").unwrap();
}

fn with_secrets() -> User {
    User::new().with("YOUR_MOMS_USER_SECRET", "user").with("YOUR_MOMS_ORGANIZATION_SECRET", "organization")
}

#[test]
fn the_user_is_asked_for_what_is_missing_and_secrets_are_not_shown() {
    let server = platform();
    let known = server.sandbox().credentials().clone();
    let user = User::new();
    let mut terminal = Terminal::start(&user, &["connect", "servicenow", "--base-url", &base_url(&server)]);
    terminal.sees("User secret");
    terminal.types_unseen(&known.user_secret);
    terminal.sees("Organization secret");
    terminal.types_unseen(&known.organization_secret);
    terminal.sees("Username");
    terminal.types("traveller");
    terminal.sees("Password");
    terminal.types_unseen("SENTINEL/value");
    terminal.sees("1/1 Creating the instance");
    terminal.sees("Connected servicenow as instance 123 \"servicenow\"");
    let (code, printed) = terminal.end();
    assert_eq!(code, 0, "{printed}");
    for secret in [&known.user_secret, &known.organization_secret, "SENTINEL"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    assert!(printed.contains("traveller"), "{printed}");
    let entry = &user.kept()["instances"]["servicenow"]["instance"]["instance"]["configuration"];
    assert_eq!((&entry["username"], &entry["password"]), (&"traveller".into(), &"SENTINEL/value".into()));
}

#[test]
fn ctrl_c_ends_a_hidden_prompt_and_the_terminal_shows_again_what_is_typed() {
    let user = User::new();
    // The terminal's settings outlast the program only where another goes on.
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_your-moms");
    let script =
        format!("trap '' INT; (trap - INT; exec {program} connectors); echo \"ended $?\"; read line");
    user.equip(&mut command).args(["-c", &script]);
    let mut terminal = Terminal::of(&command, 100);
    terminal.sees("User secret");
    while terminal.echoes() {
        std::thread::yield_now();
    }
    terminal.presses("\x03");
    terminal.sees("error: interrupted");
    terminal.sees("ended 130");
    assert!(terminal.echoes());
    terminal.types("seen");
    terminal.sees("seen");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_wait_shows_what_is_awaited_how_long_and_which_attempt_it_is() {
    let platform = Platform::start();
    let mut terminal = Terminal::start(&with_secrets(), &["connectors", "--base-url", &platform.base_url()]);
    let first = platform.asked();
    terminal.sees("Asking the platform for its connectors (");
    // The time goes on while nothing comes.
    terminal.sees("Asking the platform for its connectors (1s)");
    respond(first, "503 Service Unavailable\r\nretry-after: 1", "");
    terminal.sees(", trying again in 1.");
    let second = platform.asked();
    terminal.sees(", attempt 2)");
    respond(second, "200 OK", r#"[{"id": 1, "key": "own", "name": "Own", "hub": "crm"}]"#);
    terminal.sees("own  crm");
    let (code, printed) = terminal.end();
    assert_eq!(code, 0, "{printed}");
    // Nothing of it is left behind.
    assert!(plain(printed.rsplit_once("\x1b[2K").unwrap().1).starts_with(['\r', 'o']), "{printed:?}");
}

#[test]
fn every_request_says_what_is_awaited() {
    let platform = Platform::start();
    let user = with_secrets();
    for (arguments, text) in [
        (&["connectors", "own"][..], "Asking the platform what own needs ("),
        (&["connect", "own"], "Asking the platform what own needs ("),
        (&["instances", "list", "--remote"], "("),
    ] {
        let url = platform.base_url();
        let mut terminal = Terminal::start(&user, &[arguments, &["--base-url", &url]].concat());
        let request = platform.asked();
        terminal.sees(text);
        respond(request, "400 Bad Request", "{}");
        terminal.sees("status 400 Bad Request");
        assert_eq!(terminal.end().0, 4, "{arguments:?}");
    }
}

#[test]
fn a_retry_during_the_creation_is_shown_and_ctrl_c_there_is_answered() {
    let server = platform();
    server.sandbox().fail_next(Call::CreateInstance, "delay-1500ms".parse::<Fault>().unwrap());
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", "password");
    let mut terminal = Terminal::start(
        &user,
        &["connect", "servicenow", "--config", "username=me", "--base-url", &base_url(&server)],
    );
    terminal.sees("Waiting for the platform (1s)");
    terminal.sees("Connected servicenow");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_pasted_line_without_the_state_is_asked_for_again() {
    let server = platform();
    let user = User::of(&server);
    let mut terminal =
        Terminal::start(&user, &["connect", "instagram", "--paste", "--base-url", &base_url(&server)]);
    terminal.sees("    http://127.0.0.1:");
    terminal.sees("Then paste the URL");
    terminal.types("https://www.mycoolapp.com/auth?code=c&state=another");
    terminal.sees("This does not carry the `state` of this authorization. Paste the whole URL:");
    let link = terminal.line_with("/oauth/authorize?");
    terminal.types(&allow(&server, &link));
    terminal.sees("Connected instagram");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn an_account_that_is_connected_already_can_be_authorized_anew() {
    let server = platform();
    let user = User::of(&server);
    let arguments = ["connect", "instagram", "--no-browser", "--base-url", &base_url(&server)];
    let mut running = user.start(&arguments);
    let link = running.link();
    crate::support::get(&allow(&server, &link));
    assert_eq!(running.end().code, Some(0));

    let mut terminal = Terminal::start(&user, &arguments);
    terminal.sees("Connect another account");
    terminal.sees("Authorize instagram anew: its token stays");
    // Down, and Enter.
    terminal.presses("\x1b[B");
    terminal.presses("\r");
    terminal.sees("2/3 Allow access in your browser:");
    terminal.sees("is registered: ");
    let link = terminal.line_with("/oauth/authorize?");
    crate::support::get(&allow(&server, &link));
    terminal.sees("Authorized instagram anew: instance 123 \"instagram\", with the same token");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(server.sandbox().instances().len(), 1);
}

#[test]
fn a_body_is_indented_for_a_person() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", "password");
    let url = base_url(&server);
    user.run(&["connect", "servicenow", "--config", "username=me", "--base-url", &url]);
    let mut terminal = Terminal::start(&user, &["call", "GET", "/ping"]);
    terminal.sees("200 OK");
    terminal.sees("{\r\n  \"");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn colours_are_for_terminals_whose_user_wants_them() {
    let user = User::new();
    let colour = "\x1b[31m";
    let (code, printed) = Terminal::start(&user, &["instances", "show", "nosuch"]).end();
    assert_eq!(code, 2);
    assert!(printed.contains(colour), "{printed:?}");
    let (_, printed) = Terminal::start(&user.with("NO_COLOR", "1"), &["instances", "show", "nosuch"]).end();
    assert_eq!(
        printed,
        "error: no instance named nosuch is stored\r\n  help: `your-moms instances list` lists those that are\r\n"
    );
}

/// No line of the help is longer than the terminal is wide.
#[test]
fn help_fits_the_terminal() {
    for columns in [40_u16, 80] {
        for arguments in
            [&[][..], &["-h"], &["connect", "-h"], &["call", "-h"], &["instances", "remove", "-h"]]
        {
            let (_, printed) = Terminal::of(&User::new().command(arguments), columns).end();
            for line in plain(&printed).lines() {
                let fits = line.chars().count() <= usize::from(columns);
                // A word is not broken, and neither is what can be copied.
                let whole = !line.trim().contains(' ')
                    || ["  your-moms ", "Usage: "].iter().any(|it| line.starts_with(it));
                assert!(fits || whole, "{columns}: {line:?}");
            }
        }
    }
}
