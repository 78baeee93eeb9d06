//! A proxy named by the environment.

use std::env;

use reqwest::{NoProxy, Proxy};

/// Never proxied: what runs on this machine cannot be reached through a proxy, and concerns no other.
const LOOPBACK: &str = "localhost,127.0.0.0/8,::1";

/// The proxy that the environment asks for, for `https` requests only; these it sees as a tunnel, not in the clear.
///
/// The first of `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and `all_proxy` that is set and not empty; hosts in
/// `NO_PROXY` or `no_proxy`, and loopback, are reached directly. `None` if there is no such variable.
///
/// # Errors
/// A variable is set but holds no URL.
pub fn environment_proxy() -> reqwest::Result<Option<Proxy>> {
    let Some(url) = first_of(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]) else {
        return Ok(None);
    };
    let mut direct = first_of(&["NO_PROXY", "no_proxy"]).unwrap_or_default();
    direct.push(',');
    direct.push_str(LOOPBACK);
    Ok(Some(Proxy::https(url)?.no_proxy(NoProxy::from_string(&direct))))
}

fn first_of(names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty())
}
