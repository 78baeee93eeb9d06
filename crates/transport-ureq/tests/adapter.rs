//! What this adapter does beyond the contract, which has tests of its own.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{env, thread};

use http::{Request, StatusCode, request};
use ureq::middleware::MiddlewareNext;
use ureq::{Agent, Proxy, SendBody};
use your_moms_core::{
    CallContext, Credentials, Delivery, Elapsed, Limits, ListInstances, Platform, Reply, Transport,
    TransportErrorKind,
};
use your_moms_ureq::UreqTransport;

/// The URL of a server that reads from each connection and responds to whatever comes, as often as it comes. `connections`
/// counts them.
fn server(response: &'static str, closes: bool, connections: &Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/ping", listener.local_addr().unwrap());
    let connections = Arc::clone(connections);
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            connections.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                while socket.read(&mut [0; 1024]).is_ok_and(|length| length > 0) {
                    socket.write_all(response.as_bytes()).unwrap();
                    if closes {
                        break;
                    }
                }
            });
        }
    });
    uri
}

fn send(limits: Limits, request: request::Builder) -> Reply {
    UreqTransport::new(limits).send(request.body(Vec::new()).unwrap())
}

#[test]
fn the_defaults_reach_a_server() {
    let uri = server("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npong", false, &Arc::default());
    let response = send(Limits::default(), Request::get(uri)).unwrap();
    assert_eq!((response.status(), response.into_body()), (StatusCode::OK, b"pong".to_vec()));
}

#[test]
fn the_everyday_client_has_all_it_needs() {
    let uri = server("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]", false, &Arc::default());
    let base = uri.trim_end_matches("/ping");
    let platform = Platform::new(base, Credentials::new("user", "organization").unwrap()).unwrap();
    let client = your_moms_ureq::client(platform);
    let list = client.call(&ListInstances::new()).unwrap();
    assert_eq!((list.items.len(), list.next), (0, None));
    // The marker of a creation is random.
    let (one, other) = (client.new_instance("instagram").unwrap(), client.new_instance("instagram").unwrap());
    assert_ne!(one.record(), other.record());
}

#[test]
fn an_error_in_a_response_keeps_what_arrived() {
    const HEAD: &str = "HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n";
    const CUT: &str = "HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{\"tok";
    const WHOLE: &str = "HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{\"tok\":1}";
    let limits = Limits { total: Duration::from_millis(1500), response_bytes: 8, ..Limits::default() };
    for (response, closes, kind, arrived) in [
        (CUT, true, TransportErrorKind::Lost, "{\"tok"),
        (CUT, false, TransportErrorKind::Timeout, "{\"tok"),
        (HEAD, true, TransportErrorKind::Lost, ""),
        (WHOLE, false, TransportErrorKind::TooLarge, "{\"tok\":1"),
    ] {
        let uri = server(response, closes, &Arc::default());
        let error = send(limits, Request::post(uri)).unwrap_err();
        assert_eq!(
            (error.delivery(), error.kind(), error.partial_body()),
            (Delivery::ResponseStarted { status: StatusCode::CREATED }, kind, arrived.as_bytes())
        );
    }
}

#[test]
fn each_reply_tells_how_long_it_took() {
    let uri = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", false, &Arc::default());
    let response = send(Limits::default(), Request::get(uri)).unwrap();
    assert!(response.extensions().get::<Elapsed>().is_some());
    let error = send(Limits::default(), Request::get("http://127.0.0.1:99999/")).unwrap_err();
    assert!(error.elapsed().is_some());
}

#[test]
fn a_connection_is_kept_where_that_is_allowed() {
    const CALLS: usize = 4;
    for (reuse_connection, expected) in [(true, 1), (false, CALLS)] {
        let connections = Arc::default();
        let uri = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", false, &connections);
        let transport = UreqTransport::new(Limits::default());
        for _ in 0..CALLS {
            let mut context = CallContext::default();
            context.reuse_connection = reuse_connection;
            transport.send(Request::get(&uri).extension(context).body(Vec::new()).unwrap()).unwrap();
        }
        assert_eq!(connections.load(Ordering::SeqCst), expected);
    }
}

/// The connection is given back before the middleware fails, and asked whether it is open.
#[test]
fn a_middleware_that_fails_afterwards_does_not_unsend_a_request() {
    let uri = server("HTTP/1.1 204 No Content\r\n\r\n", false, &Arc::default());
    let fails = |request: Request<SendBody<'_>>, next: MiddlewareNext<'_>| {
        next.handle(request)?;
        Err(ureq::Error::BadUri(String::new()))
    };
    let config = UreqTransport::config_builder().middleware(fails).build();
    let transport = UreqTransport::with_config(Limits::default(), config);
    for reuse_connection in [false, true, true] {
        let mut context = CallContext::default();
        context.reuse_connection = reuse_connection;
        let request = Request::get(&uri).extension(context).body(Vec::new()).unwrap();
        assert_eq!(transport.send(request).unwrap_err().delivery(), Delivery::Unknown);
    }
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
    assert_eq!((error.delivery(), error.kind()), (Delivery::NotSent, TransportErrorKind::InvalidRequest));
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
        assert_eq!((error.delivery(), error.kind()), (Delivery::NotSent, TransportErrorKind::Timeout));
        // Loopback is reached directly; nobody responds there either.
        let direct = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("https://{}/?apiSecret=sentinel", direct.local_addr().unwrap());
        let request = Request::get(uri).body(Vec::new()).unwrap();
        let error = transport.send(request).unwrap_err();
        assert_eq!((error.delivery(), error.kind()), (Delivery::NotSent, TransportErrorKind::Timeout));
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
    // Nobody responded to it; what it sent waits here.
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
