//! What ureq logs of a call, and that the filter which the documentation names keeps it out.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use http::Request;
use http::header::AUTHORIZATION;
use log::{Level, LevelFilter, Log, Metadata, Record};
use your_moms_core::{Limits, Transport as _};
use your_moms_ureq::UreqTransport;

/// Takes records of every level, unless it filters as `ureq=warn,ureq_proto=warn` does.
#[derive(Default)]
struct Logger {
    filters: AtomicBool,
    records: Mutex<Vec<(Level, String)>>,
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let of_ureq = ["ureq", "ureq_proto"].contains(&metadata.target().split(':').next().unwrap());
        metadata.level() <= Level::Warn || !of_ureq || !self.filters.load(Ordering::SeqCst)
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            self.records.lock().unwrap().push((record.level(), format!("{}", record.args())));
        }
    }

    fn flush(&self) {}
}

impl Logger {
    /// All records of `level`, also as the text of the dump that they are: 16 bytes a record, behind their digits.
    fn seen(&self, level: Level) -> String {
        let records = self.records.lock().unwrap();
        let texts = || records.iter().filter(|record| record.0 == level).map(|record| record.1.as_str());
        texts().chain(texts().filter_map(|text| text.get(41..))).collect()
    }
}

/// Logging is the whole process's, so that this is one test.
#[test]
fn only_the_filter_keeps_secrets_out_of_the_log() {
    let logger: &Logger = Box::leak(Box::default());
    log::set_logger(logger).unwrap();

    log::set_max_level(LevelFilter::Debug);
    call();
    let debug = logger.seen(Level::Debug);
    assert!(debug.contains("POST") && !debug.contains("sentinel"), "{debug}");

    // With one logger at TRACE, the records at DEBUG are others.
    log::set_max_level(LevelFilter::Trace);
    call();
    let (debug, trace) = (logger.seen(Level::Debug), logger.seen(Level::Trace));
    assert!(debug.contains("sentinel-query"), "{debug}");
    for shown in ["sentinel-query", "sentinel-authorization", "sentinel-header", "sentinel-token"] {
        assert!(trace.contains(shown), "{shown}: {trace}");
    }

    logger.records.lock().unwrap().clear();
    logger.filters.store(true, Ordering::SeqCst);
    call();
    assert_eq!(Level::iter().map(|level| logger.seen(level)).collect::<String>(), "");
}

/// A call with a secret in every place that has some.
fn call() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/?apiSecret=sentinel-query", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let mut socket = listener.accept().unwrap().0;
        assert!(socket.read(&mut [0; 1024]).unwrap() > 0);
        let response =
            "HTTP/1.1 201 Created\r\nx: sentinel-header\r\ncontent-length: 14\r\n\r\nsentinel-token";
        socket.write_all(response.as_bytes()).unwrap();
    });
    let request = Request::post(uri).header(AUTHORIZATION, "User sentinel-authorization").body(Vec::new());
    let response = UreqTransport::new(Limits::default()).send(request.unwrap()).unwrap();
    assert_eq!(response.into_body(), b"sentinel-token");
    server.join().unwrap();
}
