//! What a client tells `tracing`: the names of OpenTelemetry, and no value.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::{Request, Response};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use your_moms_core::{
    AsyncClient, Client, Credentials, Delivery, ListInstances, Platform, Reply, RetryPolicy, TransportError,
    TransportErrorKind, async_transport_fn, transport_fn,
};

/// Collects what a subscriber writes.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn traced(call: impl FnOnce()) -> Vec<String> {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(lines.clone())
        .without_time()
        .with_ansi(false)
        .with_target(false)
        .finish();
    tracing::subscriber::with_default(subscriber, call);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

fn platform() -> Platform {
    Platform::new("https://api.example:8443/SENTINEL", Credentials::new("SENTINEL-u", "SENTINEL-o").unwrap())
        .unwrap()
}

/// Lost, then refused with words and a request id, which a retry cannot change.
fn play(made: &Mutex<u32>) -> impl Fn(Request<Vec<u8>>) -> Reply + Send + Sync + '_ {
    move |_| {
        *made.lock().unwrap() += 1;
        if *made.lock().unwrap() == 1 {
            return Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Lost));
        }
        let body = r#"{"requestId": "0123456789abcdef01234567", "message": "SENTINEL"}"#;
        Ok(Response::builder().status(403).header("x", "SENTINEL").body(body.into()).unwrap())
    }
}

const POLICY: RetryPolicy = RetryPolicy {
    tries: 3,
    base: Duration::from_nanos(1),
    cap: Duration::from_nanos(1),
    search: Duration::ZERO,
    deadline: Duration::MAX,
};

const EXPECTED: [&str; 4] = [
    r#"DEBUG your_moms.call{operation="list-instances"}: attempt finished operation="list-instances" attempt=1 http.request.method="GET" server.address="api.example" server.port=8443 error.type="lost""#,
    r#"DEBUG your_moms.call{operation="list-instances"}: waiting wait_ms=0"#,
    r#"DEBUG your_moms.call{operation="list-instances"}: attempt finished operation="list-instances" attempt=2 http.request.method="GET" server.address="api.example" server.port=8443 http.response.status_code=403 error.type="403""#,
    r#"INFO your_moms.call{operation="list-instances" error.type="forbidden" request_id="0123456789abcdef01234567"}: close"#,
];

#[test]
fn a_span_a_call_and_an_event_a_try() {
    let lines = traced(|| {
        let made = Mutex::new(0);
        let client =
            Client::new(platform(), transport_fn(play(&made)), |_| {}, getrandom::fill).with_retries(POLICY);
        assert!(client.call(&ListInstances::new().tag("SENTINEL")).is_err());
    });
    assert_eq!(lines, EXPECTED);
}

#[test]
fn the_same_where_futures_wait() {
    let lines = traced(|| {
        let made: &Mutex<u32> = Box::leak(Box::default());
        let transport = async_transport_fn(move |request| {
            let reply = play(made)(request);
            async move { reply }
        });
        let client =
            AsyncClient::new(platform(), transport, |_| async {}, getrandom::fill).with_retries(POLICY);
        let list = ListInstances::new().tag("SENTINEL");
        let call = pin!(client.call(&list));
        let Poll::Ready(result) = call.poll(&mut Context::from_waker(Waker::noop())) else { return };
        assert!(result.is_err());
    });
    assert_eq!(lines, EXPECTED);
}

/// A gateway may write anything there.
#[test]
fn a_request_id_that_is_none_is_not_recorded() {
    for id in ["e".repeat(65), "two words".to_owned(), "\u{e9}".to_owned()] {
        let lines = traced(|| {
            let body = serde_json::json!({ "requestId": id, "message": "no" }).to_string().into_bytes();
            let refuse =
                transport_fn(move |_| Ok(Response::builder().status(403).body(body.clone()).unwrap()));
            let client = Client::new(platform(), refuse, |_| {}, getrandom::fill);
            assert!(client.call(&ListInstances::new()).is_err());
        });
        let ended = r#"INFO your_moms.call{operation="list-instances" error.type="forbidden"}: close"#;
        assert_eq!(lines.last().unwrap(), ended);
    }
}
