//! An asynchronous transport over hyper's own connections, without tokio.
#![allow(dead_code, reason = "used where `tests/examples.rs` includes it, and not by itself")]

use std::{future::Future, sync::Arc, time::Duration};

use futures_rustls::{TlsConnector, rustls::ClientConfig};
use futures_util::FutureExt as _;
use http::header::{HOST, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::{body::Bytes, client::conn::http1};
use smol::{Timer, future, io::AsyncRead, io::AsyncWrite, net::TcpStream};
use smol_hyper::rt::FuturesIo;
use your_moms_core::TransportErrorKind::{Connect, Dns, Lost, Protocol, Timeout, Tls, TooLarge};
use your_moms_core::{
    AsyncTransport, CallContext, Delivery, Limits, Reply, TransportError, TransportErrorKind,
    check_destination, state_empty_body,
};

pub(crate) struct SmolTransport {
    pub(crate) limits: Limits,
    pub(crate) tls: Arc<ClientConfig>,
}

trait Io: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

#[async_trait::async_trait]
impl AsyncTransport for SmolTransport {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        check_destination(request.uri())?;
        state_empty_body(&mut request);
        let Limits { connect, total, response_bytes } = self.limits.within(&CallContext::of(&request));
        let call = async {
            let not_sent = |kind| TransportError::new(Delivery::NotSent, kind);
            let connecting = async { self.connect(request.uri()).await.map_err(not_sent) };
            let io = within(connect, Delivery::NotSent, connecting).await?;
            exchange(io, request, response_bytes).await
        };
        within(total, Delivery::Unknown, call).await
    }
}

type Outcome<T> = Result<T, TransportError>;

async fn within<T>(
    limit: Duration,
    delivery: Delivery,
    work: impl Future<Output = Outcome<T>>,
) -> Outcome<T> {
    future::or(work, Timer::after(limit).map(|_| Err(TransportError::new(delivery, Timeout)))).await
}

impl SmolTransport {
    /// A fresh connection for each request.
    async fn connect(&self, uri: &Uri) -> Result<Box<dyn Io>, TransportErrorKind> {
        let is_https = uri.scheme_str() == Some("https");
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        let addresses = smol::net::resolve((host, port)).await.map_err(|_| Dns)?;
        let tcp = TcpStream::connect(addresses.as_slice()).await.map_err(|_| Connect)?;
        if !is_https {
            return Ok(Box::new(tcp));
        }
        let name = host.to_owned().try_into().map_err(|_| Tls)?;
        let connecting = TlsConnector::from(Arc::clone(&self.tls)).connect(name, tcp);
        Ok(Box::new(connecting.await.map_err(|_| Tls)?))
    }
}

async fn exchange(io: Box<dyn Io>, request: Request<Vec<u8>>, response_bytes: usize) -> Reply {
    let unknown = |error: hyper::Error| {
        TransportError::new(Delivery::Unknown, if error.is_parse() { Protocol } else { Lost })
    };
    let (mut head, body) = request.into_parts();
    let host = head.uri.authority().and_then(|authority| authority.as_str().parse().ok());
    head.headers.extend(host.map(|host: HeaderValue| (HOST, host)));
    // Only a proxy without a tunnel is sent the whole URI.
    head.uri = head.uri.path_and_query().cloned().map(Uri::from).unwrap_or_default();
    let (mut sender, connection) =
        http1::Builder::new().max_headers(64).handshake(FuturesIo::new(io)).await.map_err(unknown)?;
    let call = async {
        let request = Request::from_parts(head, Full::<Bytes>::from(body));
        let (head, body) = sender.send_request(request).await.map_err(unknown)?.into_parts();
        let body = Limited::new(body, response_bytes).collect().await.map_err(|error| {
            let kind = if error.is::<LengthLimitError>() { TooLarge } else { Lost };
            TransportError::new(Delivery::ResponseStarted { status: head.status }, kind)
        })?;
        Ok(Response::from_parts(head, body.to_bytes().into()))
    };
    // Its errors come out of the call.
    let driven = async { (connection.await.ok(), future::pending().await).1 };
    future::or(call, driven).await
}
