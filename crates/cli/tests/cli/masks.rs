//! What a platform repeats of a request is not printed.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use crate::later::connected;
use crate::support::platform;

/// A platform that refuses one request, and says in its message all that came, in several spellings.
fn repeats_one() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/your_moms/api-v2", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut connection = listener.accept().unwrap().0;
        let request = request(&mut connection);
        let encoded: String = form_urlencoded::byte_serialize(request.as_bytes()).collect();
        let html = request.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&#34;");
        // The digits of `%XX` alone.
        let lower = encoded.split('%').map(|part| match part.split_at_checked(2) {
            Some((digits, rest)) => format!("{}{rest}", digits.to_lowercase()),
            None => part.to_owned(),
        });
        let lower = lower.collect::<Vec<_>>().join("%").replacen("post", "POST", 1);
        let message = format!("{request} {encoded} {lower} {html}");
        let body =
            serde_json::json!({ "requestId": "0123456789abcdef01234567", "message": message }).to_string();
        let head = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n", body.len());
        connection.write_all((head + &body).as_bytes()).unwrap();
    });
    url
}

/// Its head and its body of 42 bytes or more, as far as it came.
fn request(connection: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&text).contains("the-end") {
        let read = connection.read(&mut buffer).unwrap();
        text.extend(buffer.get(..read).unwrap());
    }
    String::from_utf8(text).unwrap()
}

#[test]
fn an_error_repeats_nothing_of_the_request() {
    let server = platform();
    let user = connected(&server);
    let token = user.kept().pointer("/instances/desk/instance/instance/token").unwrap().clone();
    let old = user.kept()["instances"]["desk"]["base_url"].as_str().unwrap().to_owned();
    let kept = fs::read_to_string(user.store()).unwrap().replace(&old, &repeats_one());
    fs::write(user.store(), kept).unwrap();
    let data = r#"{"password": "p<SENTINEL&1>", "note": "SENTINEL \"2\"", "end": "the-end"}"#;
    let ended =
        user.run(&["call", "POST", "/hubs?q=SENTINEL%2F3&n=1", "--data", data, "-H", "X-Key: Key SENTINEL4"]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stdout.contains("POST /your_moms/api-v2/hubs?q=…&n=1 HTTP/1.1"), "{ended:?}");
    assert!(!ended.stdout.contains("SENTINEL"), "{ended:?}");
    assert!(
        ended.stderr.contains("the platform says: POST /your_moms/api-v2/hubs?q=…&n=1 HTTP/1.1"),
        "{ended:?}"
    );
    assert!(!ended.stderr.contains("SENTINEL"), "{ended:?}");
    ended.hides([token.as_str().unwrap()]);
    let credentials = server.sandbox().credentials().clone();
    ended.hides([credentials.user_secret.as_str(), &credentials.organization_secret]);
}
