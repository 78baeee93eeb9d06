//! A blocking transport over reqwest's blocking client.
#![allow(dead_code, reason = "used where `tests/examples.rs` includes it, and not by itself")]

use std::{error::Error as _, io::Read as _, iter::successors, time::Instant};

use http::{Request, Response, Uri};
use reqwest::blocking::{Client, ClientBuilder};
use reqwest::{Url, redirect::Policy};
use your_moms_core::{
    CallContext, Delivery, Limits, Reply, Transport, TransportError, TransportErrorKind, check_destination,
    state_empty_body,
};

pub(crate) struct BlockingTransport {
    client: Client,
    limits: Limits,
}

impl BlockingTransport {
    /// TLS and proxies are the builder's; one that asks the environment for a proxy fails the kit.
    pub(crate) fn new(limits: Limits, builder: ClientBuilder) -> reqwest::Result<Self> {
        let builder =
            builder.redirect(Policy::none()).http1_only().no_gzip().no_brotli().no_deflate().no_zstd();
        // No pool, so every request goes on a fresh connection.
        let builder = builder.pool_max_idle_per_host(0).connect_timeout(limits.connect).timeout(limits.total);
        Ok(Self { client: builder.build()?, limits })
    }
}

impl Transport for BlockingTransport {
    fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        let started = Instant::now();
        let limit = self.limits.within(&CallContext::of(&request)).total;
        state_empty_body(&mut request);
        let (head, body) = request.into_parts();
        let request = self.client.request(head.method, exact_url(&head.uri)?).headers(head.headers);
        let request = if body.is_empty() { request } else { request.body(body) };
        let mut incoming = request.timeout(limit).send().map_err(|error| {
            let delivery = if error.is_connect() { Delivery::NotSent } else { Delivery::Unknown };
            TransportError::new(delivery, kind(&error))
        })?;

        let mut response = Response::new(Vec::new());
        *response.status_mut() = incoming.status();
        *response.headers_mut() = std::mem::take(incoming.headers_mut());
        // reqwest's blocking client has a time limit for each read, and none for all of them.
        let late = || started.elapsed() >= limit;
        let (mut chunk, mut lost) = ([0; 8192], false);
        while !lost && !late() && response.body().len() <= self.limits.response_bytes {
            match incoming.read(&mut chunk) {
                Ok(0) => return Ok(response),
                Ok(length) => response.body_mut().extend(chunk.iter().take(length)),
                Err(_) => lost = true,
            }
        }
        let kind = match () {
            () if late() => TransportErrorKind::Timeout,
            () if lost => TransportErrorKind::Lost,
            () => TransportErrorKind::TooLarge,
        };
        let error = TransportError::new(Delivery::ResponseStarted { status: response.status() }, kind);
        Err(error.with_partial_body(response.into_body()))
    }
}

/// reqwest's URL type normalises: what would not go out as it came in is refused.
fn exact_url(uri: &Uri) -> Result<Url, TransportError> {
    check_destination(uri)?;
    let exact = |url: &Url| url.path() == uri.path() && url.query() == uri.query();
    let url = Url::parse(&uri.to_string()).ok().filter(exact);
    url.ok_or(TransportError::new(Delivery::NotSent, TransportErrorKind::InvalidRequest))
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    let says =
        |text| successors(error.source(), |&error| error.source()).any(|it| it.to_string().starts_with(text));
    match () {
        () if error.is_timeout() => TransportErrorKind::Timeout,
        () if says("tunnel error") => TransportErrorKind::Proxy,
        () if error.is_dns() => TransportErrorKind::Dns,
        () if says("tcp connect error") => TransportErrorKind::Connect,
        () if error.is_connect() => TransportErrorKind::Tls,
        () if says("invalid HTTP") || says("message head") => TransportErrorKind::Protocol,
        () => TransportErrorKind::Lost,
    }
}
