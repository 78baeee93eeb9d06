//! With the feature `tracing`.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::Request;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info_span};

use crate::error::Error;
use crate::transport::{CallContext, Reply};

/// The span of one call.
pub(crate) struct Trace {
    span: Span,
    /// Whether the span has the name of the operation: the one that the call began with.
    named: AtomicBool,
}

/// What the event of a try says of its request, which the transport uses up.
struct Try {
    method: http::Method,
    host: String,
    port: Option<u16>,
    context: CallContext,
}

impl Trace {
    pub(crate) fn start() -> Self {
        let span = info_span!("your_moms.call", operation = Empty, request_id = Empty, "error.type" = Empty);
        Self { span, named: AtomicBool::new(false) }
    }

    pub(crate) fn send(
        &self,
        request: Request<Vec<u8>>,
        send: impl FnOnce(Request<Vec<u8>>) -> Reply,
    ) -> Reply {
        let try_ = self.start_try(&request);
        let reply = self.span.in_scope(|| send(request));
        self.end_try(&try_, &reply);
        reply
    }

    pub(crate) async fn send_async<F: Future<Output = Reply>>(
        &self,
        request: Request<Vec<u8>>,
        send: impl FnOnce(Request<Vec<u8>>) -> F,
    ) -> Reply {
        let try_ = self.start_try(&request);
        let reply = send(request).instrument(self.span.clone()).await;
        self.end_try(&try_, &reply);
        reply
    }

    fn start_try(&self, request: &Request<Vec<u8>>) -> Try {
        let context = CallContext::of(request);
        if !self.named.swap(true, Ordering::Relaxed) {
            self.span.record("operation", context.operation);
        }
        let (uri, method) = (request.uri(), request.method().clone());
        Try { method, host: uri.host().unwrap_or_default().to_owned(), port: uri.port_u16(), context }
    }

    fn end_try(&self, try_: &Try, reply: &Reply) {
        let status = reply.as_ref().ok().map(http::Response::status);
        let failed = status.filter(|status| !status.is_success()).map(|status| status.as_str().to_owned());
        let error = reply.as_ref().err().map(|error| error.kind().name().to_owned()).or(failed);
        debug!(
            parent: &self.span,
            operation = try_.context.operation,
            attempt = try_.context.attempt,
            http.request.method = try_.method.as_str(),
            server.address = try_.host,
            server.port = try_.port,
            http.response.status_code = status.map(|status| status.as_u16()),
            "error.type" = error,
            "attempt finished"
        );
    }

    pub(crate) fn wait(&self, wait: Duration) {
        debug!(parent: &self.span, wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "waiting");
    }

    pub(crate) fn end(&self, error: Option<&Error>) {
        if let Some(error) = error {
            self.span.record("error.type", error.class().name());
            // The body of a gateway may put anything there.
            let plain = |id: &&str| id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_graphic());
            if let Some(id) = error.request_id().filter(plain) {
                self.span.record("request_id", id);
            }
        }
    }
}
