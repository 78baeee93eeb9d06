//! The transport.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use http::uri::Scheme;
use http::{Method, Request, Response, Uri};
use ureq::config::Config;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, AsSendBody, Proxy};
use your_moms_core::{Limits, Transport, TransportError, check_destination};

use crate::error::{self, Route};
use crate::watch::{self, Watched};

/// The largest response head in bytes.
const MAX_RESPONSE_HEAD: usize = 32 * 1024;

/// Sends requests with [`ureq`], on the calling thread.
///
/// Cloning is cheap; clones share their connections.
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    limits: Limits,
}

impl UreqTransport {
    /// A transport with ureq's defaults. A proxy that ureq finds in the environment is used for `https` requests only,
    /// and never for loopback.
    pub fn new(limits: Limits) -> Self {
        Self::with_config(limits, Config::default())
    }

    /// A transport with the caller's own configuration: roots, client certificate, proxy, user agent.
    ///
    /// What the contract asks for is set afterwards. A proxy that was set explicitly serves every request; set
    /// `proxy(None)` to ignore the environment.
    ///
    /// ```
    /// use your_moms_core::Limits;
    /// use your_moms_ureq::{UreqTransport, ureq};
    ///
    /// # fn main() -> Result<(), ureq::Error> {
    /// let proxy = ureq::Proxy::new("http://proxy.example:3128")?;
    /// let config = ureq::Agent::config_builder().user_agent("my-app/1.0").proxy(Some(proxy)).build();
    /// let transport = UreqTransport::with_config(Limits::default(), config);
    /// # Ok(()) }
    /// ```
    pub fn with_config(limits: Limits, config: Config) -> Self {
        let agent = Agent::with_parts(
            config,
            Watched::new(DefaultConnector::default()),
            watch::NamedFailure::default(),
        );
        Self { agent, limits }
    }

    fn exchange(&self, request: Request<impl AsSendBody>) -> Result<Response<Vec<u8>>, TransportError> {
        let proxy = self.proxy_for(request.uri());
        let route = Route { tls: request.uri().scheme() == Some(&Scheme::HTTPS), proxied: proxy.is_some() };
        // A connection that idled for no time at all is never taken from the pool.
        let max_idle_age = if request.method().is_idempotent() {
            self.agent.config().max_idle_age()
        } else {
            Duration::ZERO
        };
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
            .timeout_resolve(Some(self.limits.connect))
            .timeout_connect(Some(self.limits.connect))
            .timeout_global(Some(self.limits.total))
            .build();

        let (answer, sent) = watch::sent_during(|| self.agent.run(request));
        let mut incoming = answer.map_err(|error| error::before_answer(&error, sent, route))?;
        let status = incoming.status();
        let limit = u64::try_from(self.limits.response_bytes).unwrap_or(u64::MAX);
        let body = incoming.body_mut().with_config().limit(limit).read_to_vec();
        let body = body.map_err(|error| error::in_answer(&error, status))?;

        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.version_mut() = incoming.version();
        *response.headers_mut() = std::mem::take(incoming.headers_mut());
        Ok(response)
    }

    fn proxy_for(&self, uri: &Uri) -> Option<Proxy> {
        let tunnelled = uri.scheme() == Some(&Scheme::HTTPS) && !uri.host().is_some_and(is_loopback);
        self.agent.config().proxy().filter(|proxy| !proxy.is_from_env() || tunnelled).cloned()
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        check_destination(request.uri())?;
        let means_a_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
        if request.body().is_empty() && !means_a_body {
            // With an empty `Vec` ureq would send `content-length: 0`.
            self.exchange(request.map(drop))
        } else {
            self.exchange(request)
        }
    }
}

impl fmt::Debug for UreqTransport {
    /// Without the agent: its configuration shows more than anyone needs.
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
