//! What reqwest and the libraries under it log of a call, as the documentation says.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::io::{self, Read as _, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::{mem, thread};

use http::Request;
use http::header::AUTHORIZATION;
use log::{LevelFilter, Log, Metadata, Record};
use reqwest::Client;
use tokio::runtime::Runtime;
use your_moms_core::{AsyncTransport as _, Limits};
use your_moms_reqwest::ReqwestTransport;

/// Everything that is logged or traced, on every level.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn take(&self) -> String {
        String::from_utf8(mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        writeln!(self.clone(), "{} {} {}", record.level(), record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// Logging is the whole process's, so that this is one test.
#[test]
fn a_call_is_logged_without_its_contents_unless_verbosely() {
    let lines = Lines::default();
    log::set_boxed_logger(Box::new(lines.clone())).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let writer = lines.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    call(false);
    let seen = lines.take();
    assert!(seen.contains("DEBUG reqwest::connect") && seen.contains("DEBUG hyper_util"), "{seen}");
    assert!(seen.contains("127.0.0.1") && !seen.contains("sentinel"), "{seen}");

    call(true);
    let seen = lines.take();
    for line in seen.lines().filter(|line| line.contains("sentinel")) {
        assert!(line.starts_with("TRACE reqwest::connect::verbose"), "{line}");
    }
    for shown in ["sentinel-query", "sentinel-authorization", "sentinel-body", "sentinel-token"] {
        assert!(seen.contains(shown), "{shown}: {seen}");
    }
}

/// A call with a secret in every place that has some.
fn call(verbose: bool) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/?apiSecret=sentinel-query", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let mut socket = listener.accept().unwrap().0;
        assert!(socket.read(&mut [0; 1024]).unwrap() > 0);
        let response = "HTTP/1.1 201 Created\r\ncontent-length: 14\r\n\r\nsentinel-token";
        socket.write_all(response.as_bytes()).unwrap();
    });
    let transport =
        ReqwestTransport::with_builder(Limits::default(), || Client::builder().connection_verbose(verbose));
    let request = Request::post(uri)
        .header(AUTHORIZATION, "User sentinel-authorization")
        .body(b"sentinel-body".to_vec())
        .unwrap();
    let response = Runtime::new().unwrap().block_on(transport.unwrap().send(request)).unwrap();
    assert_eq!(response.into_body(), b"sentinel-token");
    server.join().unwrap();
}
