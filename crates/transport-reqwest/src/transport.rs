//! The transport.

use std::fmt;
use std::time::Instant;

use async_trait::async_trait;
use http::uri::Scheme;
use http::{Request, Response};
use reqwest::{Client, ClientBuilder, NoProxy, Proxy, Response as Incoming, redirect, retry};
use your_moms_core::{
    AsyncTransport, CallContext, Delivery, Elapsed, Limits, Reply, TransportError, TransportErrorKind,
    state_empty_body,
};

use crate::environment::environment_proxy;
use crate::exact_url::ExactUrl;
use crate::{built_in, error};

/// More header lines than any platform sends; hyper's own limit is 100.
const MAX_RESPONSE_HEADERS: usize = 64;

/// Sends requests with [`reqwest`]. Needs a running tokio runtime with its time and network drivers.
///
/// Cloning is cheap; clones share their connections. Dropping the future of a call closes its connection, and does not
/// recall the request: the server may have read all of it.
///
/// * A request goes out as it is, or not at all: `reqwest` would rewrite some targets (`'` in a query, `..` in a path), and
///   these are refused with [`TransportErrorKind::InvalidRequest`]. It adds `accept: */*` where there is no `accept`, which
///   means the same (RFC 9110 §12.5.1).
/// * It goes on a connection of its own, unless [`CallContext::reuse_connection`] allows a kept one. The time of a try is
///   limited by [`Limits::total`] and by [`CallContext::time_limit`], whichever is shorter.
/// * Each reply tells how long it took ([`Elapsed`], [`TransportError::elapsed`]), and an error in the middle of a response
///   keeps what had arrived ([`TransportError::partial_body`]).
#[derive(Clone)]
pub struct ReqwestTransport {
    /// For requests that may reuse a connection.
    pooled: Client,
    /// For all others: every request on a connection of its own.
    fresh: Client,
    exact_url: ExactUrl,
    limits: Limits,
}

impl ReqwestTransport {
    /// A transport with reqwest's defaults, and the proxy of the environment if there is one (see
    /// [`environment_proxy`]).
    ///
    /// # Errors
    /// The TLS library could not be started, or the environment's proxy is no URL.
    pub fn new(limits: Limits) -> reqwest::Result<Self> {
        let proxy = environment_proxy()?;
        Self::with_builder(limits, || match &proxy {
            Some(proxy) => Client::builder().proxy(proxy.clone()),
            None => Client::builder(),
        })
    }

    /// A transport made from the caller's own builder: roots, client certificate, proxy, resolver.
    ///
    /// `builder` is called twice, because a reqwest client keeps connections either for all requests or for none, and a
    /// `ClientBuilder` cannot be cloned. What the contract asks for is set last. Proxies are those of the builder alone;
    /// add [`environment_proxy`] if the environment should count as well.
    ///
    /// ```no_run
    /// use your_moms_core::Limits;
    /// use your_moms_reqwest::{ReqwestTransport, reqwest};
    ///
    /// # fn main() -> reqwest::Result<()> {
    /// let proxy = reqwest::Proxy::https("http://proxy.example:3128")?;
    /// let transport = ReqwestTransport::with_builder(Limits::default(), || {
    ///     reqwest::Client::builder().user_agent("my-app/1.0").proxy(proxy.clone())
    /// })?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The builder holds something that cannot be used, or the TLS library could not be started.
    pub fn with_builder(limits: Limits, builder: impl Fn() -> ClientBuilder) -> reqwest::Result<Self> {
        Ok(Self {
            pooled: with_policy(builder(), limits)?.build()?,
            fresh: with_policy(builder(), limits)?.pool_max_idle_per_host(0).build()?,
            exact_url: ExactUrl::default(),
            limits,
        })
    }

    async fn exchange(&self, request: Request<Vec<u8>>) -> Reply {
        let mut incoming = self.begin(request)?.await.map_err(|error| error::before_response(&error))?;
        let mut response = Response::new(self.read_body(&mut incoming).await?);
        *response.status_mut() = incoming.status();
        *response.version_mut() = incoming.version();
        *response.headers_mut() = std::mem::take(incoming.headers_mut());
        Ok(response)
    }

    /// Not `async`, so that what a request was made of is gone while its response is awaited.
    fn begin(
        &self,
        mut request: Request<Vec<u8>>,
    ) -> Result<impl Future<Output = reqwest::Result<Incoming>> + use<>, TransportError> {
        state_empty_body(&mut request);
        let context = CallContext::of(&request);
        let (head, body) = request.into_parts();
        let mut outgoing = reqwest::Request::new(head.method, self.exact_url.of(&head.uri)?);
        if head.uri.scheme() == Some(&Scheme::HTTPS) && !built_in::tls() {
            return Err(TransportError::new(Delivery::NotSent, TransportErrorKind::NoTls));
        }
        *outgoing.headers_mut() = head.headers;
        if !body.is_empty() {
            *outgoing.body_mut() = Some(body.into());
        }
        let total = self.limits.within(&context).total;
        if total < self.limits.total {
            *outgoing.timeout_mut() = Some(total);
        }
        let client = if context.reuse_connection { &self.pooled } else { &self.fresh };
        Ok(client.execute(outgoing))
    }

    /// Reads piece by piece: reqwest's own readers have no limit, and lose what came before an error.
    async fn read_body(&self, incoming: &mut Incoming) -> Result<Vec<u8>, TransportError> {
        let status = incoming.status();
        let mut body = Vec::new();
        loop {
            let error = match incoming.chunk().await {
                Ok(None) => return Ok(body),
                Ok(Some(chunk)) => {
                    let room = self.limits.response_bytes - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() <= room {
                        continue;
                    }
                    TransportError::new(Delivery::ResponseStarted { status }, TransportErrorKind::TooLarge)
                }
                Err(error) => error::in_response(&error, status),
            };
            return Err(error.with_partial_body(body));
        }
    }
}

#[async_trait]
impl AsyncTransport for ReqwestTransport {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let start = Instant::now();
        let reply = self.exchange(request).await;
        Elapsed(start.elapsed()).add_to(reply)
    }
}

impl fmt::Debug for ReqwestTransport {
    /// Without the clients: theirs shows default headers and proxies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("limits", &self.limits).finish_non_exhaustive()
    }
}

fn with_policy(builder: ClientBuilder, limits: Limits) -> reqwest::Result<ClientBuilder> {
    let builder = builder
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .http1_max_headers(MAX_RESPONSE_HEADERS)
        .proxy(no_proxy()?);
    Ok(builder)
}

/// A last rule that matches nothing: with any rule of ours reqwest leaves the environment's proxies alone. One for `https`
/// is looked at only when a connection is opened.
fn no_proxy() -> reqwest::Result<Proxy> {
    let everything = NoProxy::from_string("*,0.0.0.0/0,::/0");
    Ok(Proxy::https("http://unused.invalid")?.no_proxy(everything))
}
