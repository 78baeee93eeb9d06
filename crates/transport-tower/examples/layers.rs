//! hyper-util's client under layers of tower, as a transport.
#![allow(dead_code, reason = "used where the tests include it, and not by itself")]

use std::{error::Error, io, iter, time::Duration};

use http::{Request, Uri};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::rt::{Read, Write};
use hyper_util::client::legacy::connect::{Connect, Connection};
use hyper_util::client::legacy::{self, Client};
use hyper_util::rt::TokioExecutor;
use tower::timeout::error::Elapsed;
use tower::{BoxError, Service, ServiceBuilder};
use tower_http::trace::TraceLayer;
use your_moms_core::{AsyncClient, CallContext, Delivery, Limits, Platform, TransportErrorKind};
use your_moms_tower::TowerTransport;

/// A client with the default limits. `connector` is one of [`limited`].
pub(crate) fn client<C>(platform: Platform, connector: C) -> AsyncClient<TowerTransport>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    let transport = transport(connector, Limits::default());
    AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill)
}

pub(crate) fn transport<C>(connector: C, limits: Limits) -> TowerTransport
where
    C: Connect + Clone + Send + Sync + 'static,
{
    let layers = ServiceBuilder::new()
        // The default span shows the whole URL. This one says what may be logged.
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request<Full<Bytes>>| {
            let context = CallContext::of(request);
            tracing::info_span!("call", operation = context.operation, attempt = context.attempt)
        }))
        .concurrency_limit(64);
    let fresh = layers.clone().service(http_client(connector.clone(), 0));
    let pooled = layers.service(http_client(connector, 16));
    TowerTransport::new(fresh, limits, tokio::time::sleep).with_pooled(pooled).classify(classify)
}

/// hyper-util follows no redirects, and takes no proxy from the environment.
pub(crate) fn http_client<C>(connector: C, kept_connections: usize) -> Client<C, Full<Bytes>>
where
    C: Connect + Clone,
{
    Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(kept_connections)
        // It would send again what a kept connection did not take.
        .retry_canceled_requests(false)
        .http1_max_headers(64)
        .build(connector)
}

/// `connector` with [`Limits::connect`] for all of it: the name, TCP, a proxy's tunnel and TLS. A connector's own limit is
/// for TCP alone.
pub(crate) fn limited<C, T>(connector: C, connect: Duration) -> impl Connect + Clone + Send + Sync + 'static
where
    C: Service<Uri, Response = T, Error: Into<BoxError>, Future: Send> + Clone + Send + Sync + 'static,
    T: Read + Write + Connection + Unpin + Send + 'static,
{
    ServiceBuilder::new().map_future(Box::pin).timeout(connect).service(connector)
}

/// hyper-util tells its failures to connect apart by their texts only.
pub(crate) fn classify(error: &(dyn Error + 'static)) -> Option<(Delivery, TransportErrorKind)> {
    let chain = || iter::successors(Some(error), |&error| error.source());
    let says = |text| chain().any(|error| error.to_string().starts_with(text));
    let hyper = |is: fn(&hyper::Error) -> bool| chain().any(|error| error.downcast_ref().is_some_and(is));
    let io = |kind| chain().any(|error| error.downcast_ref().is_some_and(|io: &io::Error| io.kind() == kind));
    // The client's own error is of a request without a response; a body's is hyper's.
    let client = || chain().find_map(|error| error.downcast_ref::<legacy::Error>());
    let connecting = client().is_some_and(legacy::Error::is_connect);
    // Data that cannot be read is a TLS message's or a chunk's.
    let unreadable = if client().is_some() { TransportErrorKind::Tls } else { TransportErrorKind::Protocol };
    let known = [
        (chain().any(<dyn Error>::is::<Elapsed>), TransportErrorKind::Timeout),
        (io(io::ErrorKind::TimedOut), TransportErrorKind::Timeout),
        (says("message head is too large"), TransportErrorKind::TooLarge),
        (hyper(hyper::Error::is_parse), TransportErrorKind::Protocol),
        (hyper(hyper::Error::is_user), TransportErrorKind::InvalidRequest),
        (says("tunnel error"), TransportErrorKind::Proxy),
        (says("dns error"), TransportErrorKind::Dns),
        (says("tcp connect error"), TransportErrorKind::Connect),
        (io(io::ErrorKind::InvalidData) || io(io::ErrorKind::InvalidInput), unreadable),
        (connecting, TransportErrorKind::Tls),
        (hyper(|_| true), TransportErrorKind::Lost),
    ];
    let (_, kind) = known.into_iter().find(|(applies, _)| *applies)?;
    Some((if connecting { Delivery::NotSent } else { Delivery::Unknown }, kind))
}
