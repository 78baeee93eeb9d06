//! A check that nothing fails is no check: a good transport with one flaw fails just the checks that are about it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod clients;

use std::collections::BTreeSet;

use async_trait::async_trait;
use http::header::LOCATION;
use http::{HeaderValue, Request, Response};
use tokio::runtime::Runtime;
use your_moms_core::{
    AsyncTransport, CallContext, Delivery, Reply, TransportError, TransportErrorKind, transport_fn,
};
use your_moms_transport_testkit::{Kit, ONCE_CHECK, SECRET_CHECK, Settings};

#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    FollowsRedirects,
    SendsAgain,
    ShowsTheUrl,
    ReadsWithoutLimit,
    SaysNotSent,
    OutlivesTheDeadline,
    MakesUpThePartialBody,
}

struct Flawed {
    good: Box<dyn AsyncTransport>,
    flaw: Flaw,
}

#[async_trait]
impl AsyncTransport for Flawed {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        if self.flaw == Flaw::OutlivesTheDeadline {
            request.extensions_mut().remove::<CallContext>();
        }
        let reply = self.good.send(request.clone()).await;
        match (self.flaw, reply) {
            (Flaw::FollowsRedirects, Ok(response)) if response.status().is_redirection() => {
                let Some(location) = response.headers().get(LOCATION) else { return Ok(response) };
                let mut next = request;
                *next.uri_mut() = location.to_str().unwrap().parse().unwrap();
                self.good.send(next).await
            }
            (Flaw::SendsAgain, Err(error)) if error.delivery() != Delivery::NotSent => {
                self.good.send(request).await
            }
            (Flaw::ShowsTheUrl, Err(error)) => {
                Err(error.with_source(format!("while calling {}", request.uri())))
            }
            (Flaw::SaysNotSent, Err(error)) if error.kind() == TransportErrorKind::Lost => {
                Err(TransportError::new(Delivery::NotSent, error.kind()))
            }
            (Flaw::MakesUpThePartialBody, Err(error)) => Err(error.with_partial_body(b"{}".to_vec())),
            (_, reply) => reply,
        }
    }
}

/// The names of the checks that fail.
fn failed(flaw: Flaw) -> BTreeSet<&'static str> {
    let runtime = Runtime::new().unwrap();
    let kit = Kit::asynchronous(
        move |future| runtime.block_on(future),
        move |settings| {
            let mut settings = settings.clone();
            if flaw == Flaw::ReadsWithoutLimit {
                settings.limits.response_bytes = usize::MAX;
            }
            Flawed { good: clients::asynchronous(&settings), flaw }
        },
    );
    kit.run().failed()
}

#[test]
fn a_transport_that_follows_redirects() {
    assert_eq!(failed(Flaw::FollowsRedirects), BTreeSet::from(["no-redirect"]));
}

#[test]
fn a_transport_that_sends_again() {
    assert_eq!(failed(Flaw::SendsAgain), BTreeSet::from([ONCE_CHECK]));
}

#[test]
fn a_transport_that_shows_the_url() {
    assert_eq!(failed(Flaw::ShowsTheUrl), BTreeSet::from([SECRET_CHECK]));
}

#[test]
fn a_transport_that_reads_without_limit() {
    let about_size = ["size-limit", "reads-no-more-than-the-limit", "body-too-large", "body-without-end"];
    assert_eq!(failed(Flaw::ReadsWithoutLimit), BTreeSet::from(about_size));
}

#[test]
fn a_transport_that_outlives_the_deadline_of_a_call() {
    assert_eq!(failed(Flaw::OutlivesTheDeadline), BTreeSet::from(["call-deadline"]));
}

#[test]
fn a_transport_that_makes_up_what_arrived_of_a_response() {
    assert_eq!(failed(Flaw::MakesUpThePartialBody), BTreeSet::from(["partial-body"]));
}

/// The mistake that a test against a dead port does not find.
#[test]
fn a_transport_that_says_not_sent_of_what_was_lost() {
    let failed = failed(Flaw::SaysNotSent);
    let lost = [
        "closed-before-reading",
        "closed-after-request",
        "reset-after-request",
        "head-cut",
        "head-reset",
        "body-cut",
    ];
    assert!(lost.iter().all(|fault| failed.contains(fault)), "{failed:?}");
    let others = ["connection-refused", "silent-after-request", "garbage", "tls", SECRET_CHECK, ONCE_CHECK];
    assert!(!others.iter().any(|check| failed.contains(check)), "{failed:?}");
}

#[test]
fn a_transport_that_reuses_connections_unasked() {
    let client = reqwest::blocking::Client::builder().no_proxy().build().unwrap();
    let make = move |_: &Settings| {
        let client = client.clone();
        transport_fn(move |request| {
            let (head, body) = request.into_parts();
            let response = client.request(head.method, head.uri.to_string()).body(body).send().unwrap();
            let (status, body) = (response.status(), response.bytes().unwrap().to_vec());
            Ok(Response::builder().status(status).body(body).unwrap())
        })
    };
    let report = Kit::blocking(make).run_named(&["fresh-connection"]);
    assert_eq!(report.failed(), BTreeSet::from(["fresh-connection"]));
}

/// Sends a header that belongs to a trace, as a layer around a transport does.
struct Traced(Box<dyn AsyncTransport>);

#[async_trait]
impl AsyncTransport for Traced {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        request.headers_mut().insert("traceparent", HeaderValue::from_static(trace));
        self.0.send(request).await
    }
}

#[test]
fn a_layer_may_add_the_header_of_a_trace() {
    let runtime = Runtime::new().unwrap();
    let make = |settings: &Settings| Traced(clients::asynchronous(settings));
    let report =
        Kit::asynchronous(move |future| runtime.block_on(future), make).run_named(&["request-headers"]);
    assert_eq!(report.failed(), BTreeSet::new());
}
