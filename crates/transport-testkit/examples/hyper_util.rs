//! An asynchronous transport over hyper-util's client.
#![allow(dead_code, reason = "used where `tests/examples.rs` includes it, and not by itself")]

use std::{error::Error as StdError, iter, time::Duration};

use http::{Request, Response, Uri};
use http_body_util::{BodyExt as _, Collected, Full, LengthLimitError, Limited};
use hyper::{body::Bytes, rt};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connect, Connection};
use hyper_util::rt::TokioExecutor;
use tokio::time::{error::Elapsed, timeout};
use tower::{BoxError, Service, ServiceExt as _, service_fn};
use your_moms_core::{
    AsyncTransport, CallContext, Delivery, Limits, Reply, TransportError, TransportErrorKind,
    check_destination, state_empty_body,
};

pub(crate) struct HyperTransport<C> {
    pub(crate) client: Client<C, Full<Bytes>>,
    pub(crate) limits: Limits,
}

impl<C: Connect + Clone> HyperTransport<C> {
    /// TLS and a proxy's tunnel are the connector's.
    pub(crate) fn new(connector: C, limits: Limits) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        // No pool, so every request goes on a fresh connection. hyper-util follows no redirects.
        builder.pool_max_idle_per_host(0).retry_canceled_requests(false).http1_max_headers(64);
        Self { client: builder.build(connector), limits }
    }
}

/// `connector` with one limit on name resolution, TCP, a proxy's tunnel and TLS; hyper-util's own is for TCP alone.
pub(crate) fn within<C>(limit: Duration, connector: C) -> impl Connect + Clone + Send + Sync + 'static
where
    C: Service<Uri, Error = BoxError, Future: Send> + Clone + Send + Sync + 'static,
    C::Response: Connection + rt::Read + rt::Write + Send + Unpin + 'static,
{
    service_fn(move |uri| {
        let connecting = timeout(limit, connector.clone().oneshot(uri));
        Box::pin(async { connecting.await? })
    })
}

#[async_trait::async_trait]
impl<C: Connect + Clone + Send + Sync + 'static> AsyncTransport for HyperTransport<C> {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        Ok(self.exchange(request).await?.map(|body| body.to_bytes().into()))
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> HyperTransport<C> {
    pub(crate) async fn exchange(
        &self,
        mut request: Request<Vec<u8>>,
    ) -> Result<Response<Collected<Bytes>>, TransportError> {
        check_destination(request.uri())?;
        let limit = self.limits.within(&CallContext::of(&request)).total;
        state_empty_body(&mut request);
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
            Ok(Response::from_parts(head, body))
        };
        let late = |_| Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout));
        timeout(limit, exchange).await.unwrap_or_else(late)
    }
}

/// hyper-util tells its failures to connect apart by their texts only.
fn kind(error: &(dyn StdError + 'static), connecting: bool) -> TransportErrorKind {
    let chain = || iter::successors(Some(error), |&error| error.source());
    let says = |text| chain().any(|error| error.to_string().starts_with(text));
    let known = [
        (chain().any(<dyn StdError>::is::<Elapsed>), TransportErrorKind::Timeout),
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
