//! Without the feature `tracing`: nothing.

use std::future::Future;
use std::time::Duration;

use http::Request;

use crate::error::Error;
use crate::transport::Reply;

pub(crate) struct Trace;

impl Trace {
    pub(crate) fn start() -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "the same methods as with the feature")]
    pub(crate) fn send(
        &self,
        request: Request<Vec<u8>>,
        send: impl FnOnce(Request<Vec<u8>>) -> Reply,
    ) -> Reply {
        send(request)
    }

    #[expect(clippy::unused_self, reason = "the same methods as with the feature")]
    pub(crate) fn send_async<'a, F: Future<Output = Reply> + 'a>(
        &'a self,
        request: Request<Vec<u8>>,
        send: impl FnOnce(Request<Vec<u8>>) -> F,
    ) -> F {
        send(request)
    }

    #[expect(clippy::unused_self, reason = "the same methods as with the feature")]
    pub(crate) fn wait(&self, _wait: Duration) {}

    #[expect(clippy::unused_self, reason = "the same methods as with the feature")]
    pub(crate) fn end(&self, _error: Option<&Error>) {}
}
