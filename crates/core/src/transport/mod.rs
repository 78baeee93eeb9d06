//! What carries a request is told and asked here: the two traits, what a transport learns of the call it serves, limits, and
//! the check of where a request goes. No HTTP library is known here, and no operation of the platform.

mod closure;
mod context;
mod destination;
mod empty_body;
mod limits;
mod maybe_send;

pub use closure::{TransportFn, async_transport_fn, transport_fn};
pub use context::{CallContext, Elapsed};
pub use destination::check_destination;
pub use empty_body::state_empty_body;
pub use limits::Limits;
pub use maybe_send::{MaybeSend, MaybeSync};

use std::sync::Arc;

use async_trait::async_trait;
use http::{Request, Response};

use crate::error::TransportError;

/// What comes back for a request: a complete response of any status, or none.
pub type Reply = Result<Response<Vec<u8>>, TransportError>;

/// Sends one HTTP request and returns the complete response, blocking the calling thread.
///
/// The contract:
///
/// * Any status is `Ok`. `Err` only when there is no complete response.
/// * One call is at most one request on the wire: no redirect is followed, nothing is retried.
/// * The request goes out as it is, its target byte for byte, or is refused with
///   [`TransportErrorKind::InvalidRequest`](crate::TransportErrorKind::InvalidRequest): no body, no credentials and no
///   cookies are added. Headers that belong to the connection or to a tracing layer may be.
/// * Every response header is kept, duplicates included.
/// * It ends by itself: limits on time and size are the transport's.
/// * What it is told of the call stands in the request's extensions: [`CallContext::of`]. Without permission to reuse a
///   connection it opens a fresh one: on a kept one that the server is closing, nobody can tell whether the request arrived.
///
/// A closure is a transport, too: [`transport_fn`].
pub trait Transport: Send + Sync {
    /// Sends `request`.
    ///
    /// # Errors
    /// [`TransportError`] when no complete response came back; its [`Delivery`](crate::Delivery) says whether the request may have
    /// reached the server. Where a transport cannot tell, it says [`Delivery::Unknown`](crate::Delivery::Unknown).
    fn send(&self, request: Request<Vec<u8>>) -> Reply;
}

/// [`Transport`] for asynchronous code: the same contract. On wasm32, where there is one thread, neither a transport nor its
/// futures need be `Send`.
///
/// Dropping the future does not recall the request: the server may have read all of it. Treat a cancelled call that is
/// not idempotent as [`Delivery::Unknown`](crate::Delivery::Unknown).
#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
pub trait AsyncTransport: MaybeSend + MaybeSync {
    /// Sends `request`.
    ///
    /// # Errors
    /// As [`Transport::send`].
    async fn send(&self, request: Request<Vec<u8>>) -> Reply;
}

impl<T: Transport + ?Sized> Transport for &T {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (**self).send(request)
    }
}

#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
impl<T: AsyncTransport + ?Sized> AsyncTransport for &T {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (**self).send(request).await
    }
}

#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
impl<T: AsyncTransport + ?Sized> AsyncTransport for Box<T> {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (**self).send(request).await
    }
}

#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
impl<T: AsyncTransport + ?Sized> AsyncTransport for Arc<T> {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (**self).send(request).await
    }
}
