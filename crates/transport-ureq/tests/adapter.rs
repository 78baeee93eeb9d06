//! What is this adapter's alone; the contract is held elsewhere.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;
use std::{env, thread};

use http::{Request, StatusCode};
use ureq::{Agent, Proxy};
use your_moms_core::{Cause, Delivery, Limits, Transport};
use your_moms_ureq::UreqTransport;

#[test]
fn the_defaults_reach_a_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/ping", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        assert!(socket.read(&mut [0; 1024]).unwrap() > 0);
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npong").unwrap();
    });
    let transport = UreqTransport::new(Limits::default());
    let response = transport.send(Request::get(uri).body(Vec::new()).unwrap()).unwrap();
    server.join().unwrap();
    assert_eq!((response.status(), response.into_body()), (StatusCode::OK, b"pong".to_vec()));
}

#[test]
fn debug_shows_no_proxies() {
    let proxy = Proxy::new("http://user:sentinel@proxy.example:3128").unwrap();
    let config = Agent::config_builder().user_agent("sentinel").proxy(Some(proxy)).build();
    assert_eq!(
        format!("{:?}", UreqTransport::with_config(Limits::default(), config)),
        "UreqTransport { limits: Limits { connect: 10s, total: 60s, response_bytes: 8388608 }, .. }"
    );
}

#[test]
fn a_refusal_of_the_callers_own_shows_no_url() {
    let config = Agent::config_builder().https_only(true).build();
    let transport = UreqTransport::with_config(Limits::default(), config);
    let request = Request::get("http://127.0.0.1/?apiSecret=sentinel").body(Vec::new()).unwrap();
    let error = transport.send(request).unwrap_err();
    assert_eq!((error.delivery(), error.cause()), (Delivery::NotSent, Cause::InvalidRequest));
    assert!(!format!("{error} {error:?}").contains("sentinel"));
}

/// The environment is the whole process's, so the call is made in a child.
#[test]
fn a_proxy_of_the_environment_is_asked_for_a_tunnel_and_not_for_loopback() {
    const CHILD: &str = "YOUR_MOMS_TEST_CHILD";
    if env::var_os(CHILD).is_some() {
        let limits = Limits { connect: Duration::from_millis(500), ..Limits::default() };
        let transport = UreqTransport::new(limits);
        let request = Request::get("https://platform.test/?apiSecret=sentinel").body(Vec::new()).unwrap();
        let error = transport.send(request).unwrap_err();
        assert_eq!((error.delivery(), error.cause()), (Delivery::NotSent, Cause::Timeout));
        // Loopback is reached directly; nobody answers there either.
        let direct = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("https://{}/?apiSecret=sentinel", direct.local_addr().unwrap());
        let request = Request::get(uri).body(Vec::new()).unwrap();
        let error = transport.send(request).unwrap_err();
        assert_eq!((error.delivery(), error.cause()), (Delivery::NotSent, Cause::Timeout));
        direct.set_nonblocking(true).unwrap();
        direct.accept().unwrap();
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let child = Command::new(env::current_exe().unwrap())
        .args(["a_proxy_of_the_environment_is_asked_for_a_tunnel_and_not_for_loopback", "--exact"])
        .env(CHILD, "1")
        .env("https_proxy", format!("http://{}", listener.local_addr().unwrap()))
        .env_remove("HTTPS_PROXY")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    // Nobody answered it; what it sent waits here.
    listener.set_nonblocking(true).unwrap();
    let mut asked = String::new();
    listener.accept().unwrap().0.read_to_string(&mut asked).unwrap();
    assert!(asked.starts_with("CONNECT platform.test:443 HTTP/1.1\r\n"), "{asked}");
    assert!(!asked.contains("sentinel"), "{asked}");
    assert_eq!(
        listener.accept().unwrap_err().kind(),
        ErrorKind::WouldBlock,
        "loopback went through the proxy"
    );
}
