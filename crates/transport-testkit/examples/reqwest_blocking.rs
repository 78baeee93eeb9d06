//! A blocking transport over reqwest's blocking client.
#![allow(dead_code, reason = "`tests/examples.rs` runs the kit on it")]

use std::{error::Error as _, io::Read as _, iter::successors, time::Instant};

use http::{HeaderValue, Method, Request, Response, Uri, header::CONTENT_LENGTH};
use reqwest::blocking::{Client, ClientBuilder};
use reqwest::{Url, redirect::Policy};
use your_moms_core::{Cause, Delivery, Limits, Transport, TransportError, check_destination};

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
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let started = Instant::now();
        let (mut head, body) = request.into_parts();
        if body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(&head.method) {
            head.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let request = self.client.request(head.method, exact_url(&head.uri)?).headers(head.headers);
        let request = if body.is_empty() { request } else { request.body(body) };
        let mut answer = request.send().map_err(|error| {
            let delivery = if error.is_connect() { Delivery::NotSent } else { Delivery::Unknown };
            TransportError::new(delivery, cause(&error))
        })?;

        let status = answer.status();
        let failed = |cause| TransportError::new(Delivery::Answered { status }, cause);
        let mut response = Response::new(Vec::new());
        (*response.status_mut(), *response.headers_mut()) = (status, std::mem::take(answer.headers_mut()));
        // reqwest's blocking client has a time limit for each read, and none for all of them.
        let late = || started.elapsed() >= self.limits.total;
        let mut chunk = [0; 8192];
        while !late() && response.body().len() <= self.limits.response_bytes {
            match answer.read(&mut chunk) {
                Ok(0) => return Ok(response),
                Ok(length) => response.body_mut().extend(chunk.iter().take(length)),
                Err(_) => return Err(failed(if late() { Cause::Timeout } else { Cause::Lost })),
            }
        }
        Err(failed(if late() { Cause::Timeout } else { Cause::TooLarge }))
    }
}

/// reqwest's URL type normalises: what would not go out as it came in is refused.
fn exact_url(uri: &Uri) -> Result<Url, TransportError> {
    check_destination(uri)?;
    let exact = |url: &Url| url.path() == uri.path() && url.query() == uri.query();
    let url = Url::parse(&uri.to_string()).ok().filter(exact);
    url.ok_or(TransportError::new(Delivery::NotSent, Cause::InvalidRequest))
}

fn cause(error: &reqwest::Error) -> Cause {
    let says =
        |text| successors(error.source(), |&error| error.source()).any(|it| it.to_string().starts_with(text));
    match () {
        () if error.is_timeout() => Cause::Timeout,
        () if says("tunnel error") => Cause::Proxy,
        () if error.is_dns() => Cause::Dns,
        () if says("tcp connect error") => Cause::Connect,
        () if error.is_connect() => Cause::Tls,
        () if says("invalid HTTP") || says("message head") => Cause::Protocol,
        () => Cause::Lost,
    }
}
