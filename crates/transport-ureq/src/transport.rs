//! The transport.

use std::fmt;
use std::io::Read as _;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use http::uri::Scheme;
use http::{Request, Response, Uri};
use ureq::config::{Config, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::{Agent, AsSendBody, Body, Proxy};
use your_moms_core::{
    CallContext, Delivery, Elapsed, Limits, Reply, Transport, TransportError, TransportErrorKind,
    check_destination, state_empty_body,
};

use crate::error::{self, Route};
use crate::{built_in, unversioned};

/// The largest response head in bytes.
const MAX_RESPONSE_HEAD: usize = 32 * 1024;

/// A response's head must fit in whole.
const INPUT_BUFFER: usize = MAX_RESPONSE_HEAD + 8 * 1024;

/// A request's first line must fit in whole: `http` allows targets of almost 64 KB.
const OUTPUT_BUFFER: usize = 64 * 1024 + 8 * 1024;

/// Sends requests with [`ureq`], on the calling thread.
///
/// Cloning is cheap; clones share their connections.
///
/// * A request goes on a connection of its own, unless [`CallContext::reuse_connection`] allows a kept one. The time of a try
///   is limited by [`Limits::total`] and by [`CallContext::time_limit`], whichever is shorter.
/// * A name is looked up at most once in five seconds, an address not at all. TLS sessions are resumed, on fresh
///   connections too.
/// * Each reply tells how long it took ([`Elapsed`], [`TransportError::elapsed`]), and an error in the middle of a response
///   keeps what had arrived ([`TransportError::partial_body`]).
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    limits: Limits,
}

impl UreqTransport {
    /// A transport with ureq's defaults. A proxy that ureq finds in the environment is used for `https` requests only,
    /// and never for loopback.
    pub fn new(limits: Limits) -> Self {
        Self::with_config(limits, Self::config_builder().build())
    }

    /// ureq's defaults for [`with_config`](Self::with_config), with smaller buffers. ureq's own, [`Agent::config_builder`],
    /// have 256 KB for every connection and as much again for its TLS, which is all written with zeros first.
    pub fn config_builder() -> ConfigBuilder<AgentScope> {
        Agent::config_builder().input_buffer_size(INPUT_BUFFER).output_buffer_size(OUTPUT_BUFFER)
    }

    /// A transport with the caller's own configuration: roots, client certificate, proxy, user agent.
    ///
    /// What the contract asks for is set afterwards. A proxy that was set explicitly serves every request; set
    /// `proxy(None)` to ignore the environment. TLS is configured once, with the first connection: a middleware cannot
    /// change it for a single request.
    ///
    /// ```
    /// use your_moms_core::Limits;
    /// use your_moms_ureq::{UreqTransport, ureq};
    ///
    /// # fn main() -> Result<(), ureq::Error> {
    /// let proxy = ureq::Proxy::new("http://proxy.example:3128")?;
    /// let config = UreqTransport::config_builder().user_agent("my-app/1.0").proxy(Some(proxy)).build();
    /// let transport = UreqTransport::with_config(Limits::default(), config);
    /// # Ok(()) }
    /// ```
    pub fn with_config(limits: Limits, config: Config) -> Self {
        Self { agent: unversioned::agent(config), limits }
    }

    fn exchange(&self, mut request: Request<Vec<u8>>) -> Reply {
        check_destination(request.uri())?;
        state_empty_body(&mut request);
        if request.body().is_empty() {
            // With an empty `Vec` ureq would send `content-length: 0`, whatever the method.
            self.run(request.map(drop))
        } else {
            self.run(request)
        }
    }

    fn run(&self, request: Request<impl AsSendBody>) -> Reply {
        let config = self.agent.config();
        let tls = request.uri().scheme() == Some(&Scheme::HTTPS);
        if tls && !built_in::tls() {
            return Err(TransportError::new(Delivery::NotSent, TransportErrorKind::NoTls));
        }
        let proxy = self.proxy_for(request.uri());
        let route = Route { tls, proxied: proxy.is_some() };
        let context = CallContext::of(&request);
        // A connection that idled for no time at all is never taken from the pool.
        let max_idle_age = if context.reuse_connection { config.max_idle_age() } else { Duration::ZERO };
        let limits = self.limits.within(&context);
        let request = self
            .agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .accept("")
            .accept_encoding("")
            .proxy(proxy)
            .max_idle_age(max_idle_age)
            .max_response_header_size(MAX_RESPONSE_HEAD)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.total))
            .build();

        let (reply, seen) = unversioned::watch(|| self.agent.run(request));
        let mut incoming = reply.map_err(|error| error::before_response(&error, seen, route))?;
        let mut response = Response::new(self.read_body(&mut incoming)?);
        *response.status_mut() = incoming.status();
        *response.version_mut() = incoming.version();
        *response.headers_mut() = std::mem::take(incoming.headers_mut());
        Ok(response)
    }

    fn read_body(&self, incoming: &mut Response<Body>) -> Result<Vec<u8>, TransportError> {
        let status = incoming.status();
        let limit = u64::try_from(self.limits.response_bytes).unwrap_or(u64::MAX);
        let mut body = Vec::new();
        // ureq's `read_to_vec` loses what came before an error; this keeps it.
        match incoming.body_mut().with_config().limit(limit).reader().read_to_end(&mut body) {
            Ok(_) => Ok(body),
            Err(error) => Err(error::in_response(&error.into(), status).with_partial_body(body)),
        }
    }

    fn proxy_for(&self, uri: &Uri) -> Option<Proxy> {
        let tunnelled = uri.scheme() == Some(&Scheme::HTTPS) && !uri.host().is_some_and(is_loopback);
        self.agent.config().proxy().filter(|proxy| !proxy.is_from_env() || tunnelled).cloned()
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let start = Instant::now();
        let reply = self.exchange(request);
        Elapsed(start.elapsed()).add_to(reply)
    }
}

impl fmt::Debug for UreqTransport {
    /// Without the agent: its configuration shows proxies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// RFC 6761 §6.3 and the loopback addresses.
fn is_loopback(host: &str) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost"
        || name.ends_with(".localhost")
        || address.is_ok_and(|ip| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_known_by_name_and_by_address() {
        for host in [
            "localhost",
            "LocalHost.",
            "a.localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.example", "notlocalhost", "128.0.0.1", "[::2]", "127.0.0.1.example", ""] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
