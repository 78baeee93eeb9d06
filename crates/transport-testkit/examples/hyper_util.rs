//! An asynchronous transport over hyper-util's client.
#![allow(dead_code, reason = "`tests/examples.rs` runs the kit on it")]

use std::{error::Error as StdError, io, iter};

use http::{HeaderValue, Method, Request, Response, header::CONTENT_LENGTH};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper_util::client::legacy::{Client, connect::Connect};
use hyper_util::rt::TokioExecutor;
use your_moms_core::{
    AsyncTransport, CallContext, Delivery, Limits, Reply, TransportError, TransportErrorKind,
    check_destination,
};

pub(crate) struct HyperTransport<C> {
    client: Client<C, Full<Bytes>>,
    limits: Limits,
}

impl<C: Connect + Clone> HyperTransport<C> {
    /// The limit on connecting is the connector's, as are TLS and a proxy's tunnel.
    pub(crate) fn new(connector: C, limits: Limits) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        // No pool, so every request goes on a fresh connection. hyper-util follows no redirects.
        builder.pool_max_idle_per_host(0).retry_canceled_requests(false).http1_max_headers(64);
        Self { client: builder.build(connector), limits }
    }
}

#[async_trait::async_trait]
impl<C: Connect + Clone + Send + Sync + 'static> AsyncTransport for HyperTransport<C> {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        check_destination(request.uri())?;
        let limit = CallContext::of(&request).time_limit.unwrap_or(self.limits.total).min(self.limits.total);
        if request.body().is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(request.method())
        {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let exchange = async {
            let response =
                self.client.request(request.map(|body| Full::new(body.into()))).await.map_err(|error| {
                    let delivery = if error.is_connect() { Delivery::NotSent } else { Delivery::Unknown };
                    TransportError::new(delivery, kind(&error, error.is_connect()))
                })?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, self.limits.response_bytes).collect().await.map_err(|error| {
                TransportError::new(Delivery::ResponseStarted { status: head.status }, kind(&*error, false))
            })?;
            Ok(Response::from_parts(head, body.to_bytes().into()))
        };
        let late = |_| Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout));
        tokio::time::timeout(limit, exchange).await.unwrap_or_else(late)
    }
}

/// hyper-util tells its failures to connect apart by their texts only.
fn kind(error: &(dyn StdError + 'static), connecting: bool) -> TransportErrorKind {
    let chain = || iter::successors(Some(error), |&error| error.source());
    let timed_out = |io: &io::Error| io.kind() == io::ErrorKind::TimedOut;
    let says = |text| chain().any(|error| error.to_string().starts_with(text));
    let known = [
        (chain().any(|error| error.downcast_ref().is_some_and(timed_out)), TransportErrorKind::Timeout),
        (chain().any(<dyn StdError>::is::<LengthLimitError>), TransportErrorKind::TooLarge),
        (
            chain().any(|error| error.downcast_ref().is_some_and(hyper::Error::is_parse)),
            TransportErrorKind::Protocol,
        ),
        (says("tunnel error"), TransportErrorKind::Proxy),
        (says("dns error"), TransportErrorKind::Dns),
        (says("tcp connect error"), TransportErrorKind::Connect),
        (connecting, TransportErrorKind::Tls),
    ];
    known.into_iter().find(|(applies, _)| *applies).map_or(TransportErrorKind::Lost, |(_, kind)| kind)
}
