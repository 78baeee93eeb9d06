//! What a transport is told of the call it serves, and what it may tell in return.

use std::time::Duration;

use http::Request;

use super::Reply;
use crate::error::TransportErrorKind;

/// What a transport, or a layer for traces and metrics, is told of a request. It travels in the request's
/// [extensions](http::Request::extensions), and says nothing that is secret.
///
/// ```
/// use http::Request;
/// use your_moms_core::CallContext;
///
/// // A request that no client has made carries none: it is treated with caution.
/// let context = CallContext::of(&Request::new(()));
/// assert!(!context.idempotent && !context.reuse_connection);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallContext {
    /// The operation's name: `create-instance`.
    pub operation: &'static str,
    /// Which try of the call this is, from 1.
    pub attempt: u32,
    /// Whether sending the request twice does no more than sending it once (RFC 9110 §9.2.2).
    pub idempotent: bool,
    /// Whether it may go on a connection that was used before.
    pub reuse_connection: bool,
    /// How much time is left of the call's deadline; `None` where there is none. A transport's own limit stands beside it.
    pub time_limit: Option<Duration>,
}

impl CallContext {
    /// The context of `request`, or the cautious one: not idempotent, on a fresh connection, without a deadline.
    pub fn of<B>(request: &Request<B>) -> Self {
        request.extensions().get().copied().unwrap_or_default()
    }
}

/// The cautious one.
impl Default for CallContext {
    fn default() -> Self {
        Self { operation: "", attempt: 1, idempotent: false, reuse_connection: false, time_limit: None }
    }
}

/// How long a try took, for a transport to [add to its reply](Self::add_to). There is no clock in this crate, so a call's deadline
/// counts what the transport tells: this in the extensions of a response,
/// [`TransportError::with_elapsed`](crate::TransportError::with_elapsed), and for a timeout without either, the whole
/// [`CallContext::time_limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed(pub Duration);

impl Elapsed {
    /// `reply`, which now tells that it took this long: a response in its extensions, an error by
    /// [`TransportError::elapsed`](crate::TransportError::elapsed).
    pub fn add_to(self, reply: Reply) -> Reply {
        match reply {
            Ok(mut response) => {
                response.extensions_mut().insert(self);
                Ok(response)
            }
            Err(error) => Err(error.with_elapsed(self.0)),
        }
    }

    /// How long the try behind `reply` took that was given `limit`.
    pub(crate) fn of(reply: &Reply, limit: Duration) -> Duration {
        match reply {
            Ok(response) => response.extensions().get::<Self>().map(|elapsed| elapsed.0).unwrap_or_default(),
            Err(error) => error.elapsed().unwrap_or(match error.kind() {
                TransportErrorKind::Timeout => limit,
                _ => Duration::ZERO,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Response;

    use super::*;
    use crate::error::{Delivery, TransportError};

    #[test]
    fn a_reply_tells_how_long_it_took() {
        let took = Duration::from_millis(1500);
        let response = Elapsed(took).add_to(Ok(Response::new(b"[]".to_vec()))).unwrap();
        assert_eq!(response.extensions().get(), Some(&Elapsed(took)));
        assert_eq!(response.body(), b"[]");
        let lost = TransportError::new(Delivery::Unknown, TransportErrorKind::Lost);
        let error = Elapsed(took).add_to(Err(lost)).unwrap_err();
        assert_eq!((error.elapsed(), error.kind()), (Some(took), TransportErrorKind::Lost));
    }
}
