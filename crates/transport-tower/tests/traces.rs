//! What tower-http's trace layer shows of a request: the example's shows no secret, and the default does.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod clients;

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use http::Request;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower::ServiceBuilder;
use tower_http::trace::{DefaultMakeSpan, TraceLayer};
use tracing::Level;
use tracing::subscriber::with_default;
use your_moms_core::{AsyncTransport as _, CallContext, Limits, Redacted};
use your_moms_tower::TowerTransport;

const SENTINELS: [&str; 5] =
    ["query-sentinel", "header-sentinel", "body-sentinel", "response-header-sentinel", "response-sentinel"];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A server that responds to each connection once, with secrets.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"body-sentinel") {
                let mut piece = [0; 1024];
                let length = socket.read(&mut piece).unwrap();
                request.extend_from_slice(&piece[..length]);
            }
            let head =
                "HTTP/1.1 201 Created\r\nx-token: response-header-sentinel\r\ncontent-length: 17\r\n\r\n";
            socket.write_all(format!("{head}response-sentinel").as_bytes()).unwrap();
        }
    });
    format!("http://{address}/instances?apiSecret=query-sentinel")
}

/// Everything that is traced of a call, from `TRACE` on.
fn traced(transport: &TowerTransport) -> String {
    let mut context = CallContext::default();
    context.operation = "create-instance";
    let request = Request::post(server())
        .header("authorization", "header-sentinel")
        .extension(context)
        .body(b"body-sentinel".to_vec())
        .unwrap();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::TRACE)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    // On this thread alone, as the subscriber is.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let response = with_default(subscriber, || runtime.block_on(transport.send(request))).unwrap();
    assert_eq!(response.into_body(), b"response-sentinel");
    String::from_utf8(log.0.lock().unwrap().clone()).unwrap()
}

fn shown(log: &str) -> Vec<&'static str> {
    SENTINELS.into_iter().filter(|sentinel| log.contains(sentinel)).collect()
}

fn client() -> Client<HttpConnector, Full<Bytes>> {
    Client::builder(TokioExecutor::new()).build(HttpConnector::new())
}

#[test]
fn the_span_of_the_example_shows_no_secret() {
    let log = traced(&clients::example::transport(HttpConnector::new(), Limits::default()));
    assert_eq!(shown(&log), [""; 0], "{log}");
    assert!(log.contains("call{operation=\"create-instance\" attempt=1}"), "{log}");
}

#[test]
fn a_redacted_view_shows_no_secret() {
    let layer = TraceLayer::new_for_http().make_span_with(
        |request: &Request<Full<Bytes>>| tracing::info_span!("call", request = %Redacted(request)),
    );
    let service = ServiceBuilder::new().layer(layer).service(client());
    let log = traced(&TowerTransport::new(service, Limits::default(), tokio::time::sleep));
    assert_eq!(shown(&log), [""; 0], "{log}");
    assert!(log.contains("/instances?apiSecret headers[authorization]"), "{log}");
}

/// The warning in the documentation is true.
#[test]
fn the_default_span_shows_secrets() {
    let service = ServiceBuilder::new().layer(TraceLayer::new_for_http()).service(client());
    let log = traced(&TowerTransport::new(service, Limits::default(), tokio::time::sleep));
    assert_eq!(shown(&log), ["query-sentinel"], "{log}");

    let with_headers =
        TraceLayer::new_for_http().make_span_with(DefaultMakeSpan::new().include_headers(true));
    let service = ServiceBuilder::new().layer(with_headers).service(client());
    let log = traced(&TowerTransport::new(service, Limits::default(), tokio::time::sleep));
    assert_eq!(shown(&log), ["query-sentinel", "header-sentinel"], "{log}");
}
