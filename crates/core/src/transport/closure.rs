//! Closures as transports.

use std::fmt;
use std::future::Future;

use async_trait::async_trait;
use http::{Request, Response};

use super::{AsyncTransport, MaybeSend, MaybeSync, Reply, Transport};
use crate::error::TransportError;

/// A closure as a [`Transport`] or an [`AsyncTransport`]; [`transport_fn`] and [`async_transport_fn`] make one.
#[derive(Clone, Copy)]
pub struct TransportFn<F>(F);

/// Makes a [`Transport`] of a closure, which must keep the transport's contract.
///
/// ```
/// use http::Response;
/// use your_moms_core::{Client, Credentials, ListInstances, Platform, transport_fn};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("user-secret", "organization-secret")?)?;
/// let canned = transport_fn(|_request| Ok(Response::new(b"[]".to_vec())));
/// let client = Client::new(platform, canned, std::thread::sleep, getrandom::fill);
/// assert!(client.call(&ListInstances::new())?.items.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn transport_fn<F>(send: F) -> TransportFn<F>
where
    F: Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> + Send + Sync,
{
    TransportFn(send)
}

/// Makes an [`AsyncTransport`] of a closure that returns a future, which must keep the transport's contract.
pub fn async_transport_fn<F, R>(send: F) -> TransportFn<F>
where
    F: Fn(Request<Vec<u8>>) -> R + MaybeSend + MaybeSync,
    R: Future<Output = Result<Response<Vec<u8>>, TransportError>> + MaybeSend,
{
    TransportFn(send)
}

impl<F> Transport for TransportFn<F>
where
    F: Fn(Request<Vec<u8>>) -> Reply + Send + Sync,
{
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (self.0)(request)
    }
}

#[cfg_attr(not(target_arch = "wasm32"), async_trait)]
#[cfg_attr(target_arch = "wasm32", async_trait(?Send))]
impl<F, R> AsyncTransport for TransportFn<F>
where
    F: Fn(Request<Vec<u8>>) -> R + MaybeSend + MaybeSync,
    R: Future<Output = Reply> + MaybeSend,
{
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        (self.0)(request).await
    }
}

impl<F> fmt::Debug for TransportFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransportFn(…)")
    }
}
