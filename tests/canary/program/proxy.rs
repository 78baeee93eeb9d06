//! The password of a proxy.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use super::commands::{Does, Line};
use super::user::User;

const PASSWORD: &str = "canary-9xVj4Tc7KsB1gPe6Qd";

/// A proxy that is closed to all, and one that is not there, named by an option and by the environment.
pub(crate) fn run(user: &mut User) {
    user.scene.secret("proxy password", PASSWORD);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let _ = socket.read(&mut [0; 4096]);
            let _ =
                socket.write_all(b"HTTP/1.1 407 Closed\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    let proxies = [
        format!("http://me:{PASSWORD}@{closed}"),
        format!("http://me:{PASSWORD}@127.0.0.1:1"),
        format!("nonsense://{PASSWORD}:x"),
    ];
    user.variables.retain(|(name, _)| *name != "YOUR_MOMS_BASE_URL");
    for proxy in proxies {
        let words =
            ["connectors", "--base-url", "https://canary.invalid/your_moms/api-v2"].map(str::to_owned);
        let line = |words: &[String]| Line { words: words.to_vec(), meets: None, user_does: Does::Nothing };
        for options in [&["--verbose"][..], &["--verbose", "--json"]] {
            user.runs(&line(&[&words[..], &["--proxy".to_owned(), proxy.clone()]].concat()), options);
            user.variables.push(("HTTPS_PROXY", proxy.clone()));
            user.runs(&line(&words), options);
            user.variables.pop();
        }
    }
}
