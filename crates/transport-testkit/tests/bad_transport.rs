//! A check that nothing fails is no check: a good transport with one flaw fails just the checks that are about it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod clients;

use std::collections::BTreeSet;

use async_trait::async_trait;
use http::header::LOCATION;
use http::{Request, Response};
use tokio::runtime::Runtime;
use your_moms_core::{AsyncTransport, Cause, Delivery, TransportError};
use your_moms_transport_testkit::{Kit, ONCE_CHECK, SECRET_CHECK};

#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    FollowsRedirects,
    SendsAgain,
    ShowsTheUrl,
    ReadsWithoutLimit,
    SaysNotSent,
}

struct Flawed {
    good: Box<dyn AsyncTransport>,
    flaw: Flaw,
}

#[async_trait]
impl AsyncTransport for Flawed {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let answer = self.good.send(request.clone()).await;
        match (self.flaw, answer) {
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
            (Flaw::SaysNotSent, Err(error)) if error.cause() == Cause::Lost => {
                Err(TransportError::new(Delivery::NotSent, error.cause()))
            }
            (_, answer) => answer,
        }
    }
}

/// The names of the checks that fail.
fn failed(flaw: Flaw) -> BTreeSet<&'static str> {
    let runtime = Runtime::new().unwrap();
    let kit = Kit::asynchronous(
        |future| runtime.block_on(future),
        |settings| {
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
    let about_size = [
        "size-limit",
        "reads-no-more-than-the-limit",
        "body-too-large",
        "body-without-end",
        "chunks-without-end",
    ];
    assert_eq!(failed(Flaw::ReadsWithoutLimit), BTreeSet::from(about_size));
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
