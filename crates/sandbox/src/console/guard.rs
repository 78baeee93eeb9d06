//! Pages of other origins must not reach the control API and the inspector, nor names that point here (DNS rebinding).

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, Request};

const FOREIGN_HOST: &str = "The Host is not this sandbox's own: use http://127.0.0.1 with its port.";
const FOREIGN_ORIGIN: &str =
    "Pages of another origin must not use this: leave Origin out, or open the inspector itself.";

/// Whether a request may pass; if not, what to change. Without `Origin` it comes from no page, or from the address bar.
pub(crate) fn check(request: &Request<&[u8]>, own: &str) -> Result<(), &'static str> {
    let hosts = fields(request.headers(), HOST.as_str());
    let named = hosts.chain(request.uri().authority().map(|authority| Some(authority.as_str())));
    for host in named {
        if !host.is_some_and(|host| is_own_host(host, own)) {
            return Err(FOREIGN_HOST);
        }
    }
    for origin in fields(request.headers(), ORIGIN.as_str()) {
        let host = origin.and_then(|origin| origin.strip_prefix("http://"));
        if !host.is_some_and(|host| is_own_host(host, own)) {
            return Err(FOREIGN_ORIGIN);
        }
    }
    Ok(())
}

fn fields<'a>(headers: &'a HeaderMap, name: &'static str) -> impl Iterator<Item = Option<&'a str>> {
    headers.get_all(name).iter().map(|value| value.to_str().ok())
}

/// Loopback, at the port of the sandbox's own origin.
fn is_own_host(host: &str, own: &str) -> bool {
    let own = own.strip_prefix("http://").unwrap_or(own);
    let port = |authority: &str| authority.rsplit_once(':').map_or("80", |(_, port)| port).to_owned();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["127.0.0.1", "localhost"].iter().any(|loopback| name.eq_ignore_ascii_case(loopback))
        && port(host) == port(own)
}
