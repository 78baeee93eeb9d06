//! Carries requests, and tells of them as they go.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use http::Request;
use your_moms_core::{AsyncTransport, CallContext, Redacted, Reply};
use your_moms_reqwest::ReqwestTransport;

use crate::progress;
use crate::terminal::QUIET;

pub(crate) struct Carrier {
    transport: ReqwestTransport,
    verbose: bool,
    started: Instant,
}

impl Carrier {
    pub(crate) fn new(transport: ReqwestTransport, verbose: bool) -> Self {
        Self { transport, verbose, started: Instant::now() }
    }

    /// What `--verbose` prints; nothing of it is secret.
    fn tell(&self, direction: char, text: &str) {
        if self.verbose {
            let at = self.started.elapsed().as_secs_f64();
            progress::say(&format!("{QUIET}{at:>7.3} s {direction} {text}{QUIET:#}"));
        }
    }
}

#[async_trait]
impl AsyncTransport for Carrier {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let context = CallContext::of(&request);
        let redacted = Redacted(&request).to_string();
        let address = redacted.split(['?', ' ']).take(2).collect::<Vec<_>>().join(" ");
        progress::sending(address, context.attempt);
        self.tell('>', &format!("{redacted}, attempt {} of {}", context.attempt, context.operation));
        let sent = Instant::now();
        let reply = self.transport.send(request).await;
        if let Ok(response) = &reply {
            progress::responded(response.status(), response.headers());
        }
        self.tell('<', &told(&reply, sent.elapsed()));
        reply
    }
}

/// The status, the names of the headers and how much came, or why nothing did.
fn told(reply: &Reply, took: Duration) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = match reply {
        Ok(response) => {
            let names =
                response.headers().keys().map(http::HeaderName::as_str).collect::<Vec<_>>().join(", ");
            write!(text, "{} headers[{names}] {} bytes", response.status(), response.body().len())
        }
        Err(error) => write!(text, "{error}"),
    };
    let _ = write!(text, ", after {:.3} s", took.as_secs_f64());
    text
}
