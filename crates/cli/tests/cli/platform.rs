//! Platforms that fail, and platforms that cannot be trusted.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use snapbox::str;
use your_moms_sandbox::{Call, Fault, Moment};

use crate::support::{User, allow, assert_shown, base_url, get, platform};

const SENTINEL: &str = "SENTINEL+/value=";

/// A platform that responds to every request with this status and body; its base URL.
pub(crate) fn responding(status: &'static str, body: String) -> String {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in socket.incoming().flatten() {
            // No request of these tests is longer, or comes in more than one piece.
            let _ = stream.read(&mut [0; 8192]).unwrap();
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
            .unwrap();
        }
    });
    format!("http://{address}/your_moms/api-v2")
}

fn user() -> User {
    User::new()
        .with("YOUR_MOMS_USER_SECRET", SENTINEL)
        .with("YOUR_MOMS_ORGANIZATION_SECRET", "organization")
        .with("YOUR_MOMS_API_KEY", "key")
        .with("YOUR_MOMS_API_SECRET", "secret")
}

#[test]
fn what_the_platform_says_has_no_control_characters_and_no_secret() {
    let encoded = "SENTINEL%2B%2Fvalue%3D";
    let body = format!(
        r#"{{"requestId": "a\u001b[2Jb", "message": "bad\u202e {SENTINEL}\r\n{encoded}", "providerMessage": "\u009b31mno"}}"#
    );
    let ended = user().run(&["connect", "instagram", "--base-url", &responding("400 Bad Request", body)]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    assert_shown(
        &ended.stderr,
        str![[r#"
error: the platform does not say what instagram needs: status 400 Bad Request
  the platform says: bad … …
  the provider says: 31mno
  request id: a[2Jb
  tried: GET http://127.0.0.1:[..]/your_moms/api-v2/your_moms/instagram/configuration
  help: check the values that were sent: one may be missing, or not as it is expected

"#]],
    );
    ended.hides([SENTINEL]);
}

#[test]
fn a_response_that_cannot_be_read_is_not_quoted() {
    for body in [format!("[{{\"key\": {SENTINEL}}}]"), format!("\"{SENTINEL}\""), "<html>".to_owned()] {
        let ended = user().run(&["connect", "instagram", "--base-url", &responding("200 OK", body)]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
        assert!(ended.stderr.contains(": the body cannot be read, at line 1 column "), "{ended:?}");
        ended.hides([SENTINEL]);
    }
}

#[test]
fn a_platform_that_asks_to_wait_is_quoted_and_a_header_names_the_request() {
    let head = "429 Too Many Requests\r\nretry-after: 90\r\nelements-request-id: 0af7651916cd43dd8448eb21";
    let ended = user().run(&["connect", "instagram", "--base-url", &responding(head, String::new())]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    assert_shown(
        &ended.stderr,
        str![[r#"
error: the platform does not say what instagram needs: status 429 Too Many Requests
  request id: 0af7651916cd43dd8448eb21
  tried: GET http://127.0.0.1:[..]/your_moms/api-v2/your_moms/instagram/configuration
  help: the platform asks you to wait 1m 30s before you try again

"#]],
    );
}

#[test]
fn a_redirect_is_not_followed() {
    let ended = user().run(&[
        "connect",
        "instagram",
        "--base-url",
        &responding("302 Found\r\nlocation: /x", String::new()),
    ]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(
        ended.stderr.contains(": status 302 Found, and redirects are not followed\n")
            && ended.stderr.ends_with("  help: check the base URL\n"),
        "{ended:?}"
    );
}

#[test]
fn a_response_that_is_lost_costs_neither_the_token_nor_a_second_instance() {
    let server = platform();
    server.sandbox().fail_next(Call::CreateInstance, Fault::Reset(Moment::After));
    let user = User::of(&server);
    let mut running = user.start(&["connect", "instagram", "--base-url", &base_url(&server)]);
    let link = running.link();
    assert_eq!(get(&allow(&server, &link)).status, 200);
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(server.sandbox().instances().len(), 1);
    let kept = user.kept();
    let token = kept["instances"]["instagram"]["instance"]["instance"]["token"].as_str().unwrap();
    assert!(token.starts_with("sandbox-instance-token"), "{token}");
    ended.hides([token]);
}

#[test]
fn a_proxy_a_time_limit_and_certificates_can_be_named() {
    // The proxy responds itself; nobody listens at the base URL.
    let proxy = responding("404 Not Found", String::new());
    let proxy = proxy.strip_suffix("/your_moms/api-v2").unwrap();
    let arguments = ["connectors", "--base-url", "http://127.0.0.1:1/your_moms/api-v2"];
    let ended = user().run(&[&arguments[..], &["--proxy", proxy]].concat());
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stderr.contains(": status 404 Not Found\n"), "{ended:?}");
    let ended = user().run(&[&arguments[..], &["--proxy", "http://me:SENTINEL@:x"]].concat());
    assert_eq!(ended.stderr, "error: the proxy named by --proxy is not a URL\n");

    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/your_moms/api-v2", silent.local_addr().unwrap());
    let ended = user().run(&["connectors", "--base-url", &url, "--request-timeout", "50ms"]);
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert!(ended.stderr.ends_with("  help: --request-timeout allows more time\n"), "{ended:?}");
    assert_eq!(user().run(&["connectors", "--request-timeout", "0s"]).code, Some(2));

    let someone = user();
    let file = someone.file("ca.pem", "no certificate");
    let path = file.strip_prefix('@').unwrap();
    for (given, error) in [(path, "has no certificate in it"), ("/nowhere.pem", "cannot be read")] {
        let ended = someone.run(&["connectors", "--base-url", &url, "--ca-cert", given]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        let error = format!("error: {given}, named by --ca-cert, {error}\n");
        assert!(ended.stderr.starts_with(&error), "{ended:?}");
    }
}
