//! What is this adapter's alone; the contract is held elsewhere.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;
use std::{env, thread};

use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use http::{Request, StatusCode};
use reqwest::{Client, Proxy};
use tokio::runtime::Runtime;
use your_moms_core::{AsyncTransport, Cause, Delivery, Limits};
use your_moms_reqwest::ReqwestTransport;

#[test]
fn the_defaults_reach_a_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/ping", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        assert!(socket.read(&mut [0; 1024]).unwrap() > 0);
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npong").unwrap();
    });
    let transport = ReqwestTransport::new(Limits::default()).unwrap();
    let call = transport.send(Request::get(uri).body(Vec::new()).unwrap());
    let response = Runtime::new().unwrap().block_on(call).unwrap();
    server.join().unwrap();
    assert_eq!((response.status(), response.into_body()), (StatusCode::OK, b"pong".to_vec()));
}

#[test]
fn debug_shows_neither_headers_nor_proxies() {
    let transport = ReqwestTransport::with_builder(Limits::default(), || {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("User sentinel"))]);
        let proxy = Proxy::all("http://user:sentinel@proxy.example:3128").unwrap();
        Client::builder().default_headers(headers).proxy(proxy)
    });
    assert_eq!(
        format!("{:?}", transport.unwrap()),
        "ReqwestTransport { limits: Limits { connect: 10s, total: 60s, response_bytes: 8388608 }, .. }"
    );
}

#[test]
fn a_refusal_of_the_callers_own_shows_no_url() {
    let transport =
        ReqwestTransport::with_builder(Limits::default(), || Client::builder().https_only(true)).unwrap();
    let request = Request::get("http://127.0.0.1/?apiSecret=sentinel").body(Vec::new()).unwrap();
    let error = Runtime::new().unwrap().block_on(transport.send(request)).unwrap_err();
    assert_eq!((error.delivery(), error.cause()), (Delivery::NotSent, Cause::InvalidRequest));
    assert!(!format!("{error} {error:?}").contains("sentinel"));
}

/// The environment is the whole process's, so the call is made in a child.
#[test]
fn a_proxy_of_the_environment_is_asked_for_a_tunnel_and_not_for_loopback() {
    const CHILD: &str = "YOUR_MOMS_TEST_CHILD";
    if env::var_os(CHILD).is_some() {
        let limits = Limits { connect: Duration::from_millis(500), ..Limits::default() };
        let transport = ReqwestTransport::new(limits).unwrap();
        let request = Request::get("https://platform.test/?apiSecret=sentinel").body(Vec::new()).unwrap();
        let error = Runtime::new().unwrap().block_on(transport.send(request)).unwrap_err();
        assert_eq!((error.delivery(), error.cause()), (Delivery::NotSent, Cause::Timeout));
        // Loopback is reached directly; nobody answers there either.
        let direct = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("https://{}/?apiSecret=sentinel", direct.local_addr().unwrap());
        let request = Request::get(uri).body(Vec::new()).unwrap();
        let error = Runtime::new().unwrap().block_on(transport.send(request)).unwrap_err();
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
