//! The limit on connecting covers all of it: a peer that accepts and then says nothing is the usual failure.

use std::time::Duration;

use http::Method;

use super::{Bench, Check};
use crate::certificates::{self, PROXIED_HOST};
use crate::fault::Scene;
use crate::proxy;
use crate::request::secret_request;
use crate::server::Server;
use crate::settings::Settings;
use crate::wire::Wire;

pub(super) const TLS: Check = Check {
    name: "connect-limit",
    reason: "a call that ends while connecting is known not to have been sent, and is safe to repeat; one that runs into the \
             limit of the whole call is not",
    fix: "end name resolution, TCP and the TLS handshake together at `limits.connect`: many libraries limit TCP alone",
    run: tls,
};

pub(super) const PROXY: Check = Check {
    name: "proxy-connect-limit",
    reason: "a proxy that cannot reach the platform often says so late, or never; nothing was sent yet",
    fix: "let the limit on connecting go on until the proxy has opened its tunnel and TLS behind it is established",
    run: through_proxy,
};

/// Long after the limit on connecting, and long before that of the whole call: a transport that keeps the first has
/// failed by then, one that does not returns Ok.
const LATE: Duration = Duration::from_secs(4);

fn ok(wire: &mut Wire) {
    while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
}

fn tls(bench: &Bench<'_>) -> Result<(), String> {
    let settings = Scene::new("").hasty_to_connect().settings;
    for method in [Method::GET, Method::POST] {
        let server = Server::tls(certificates::good(), |wire| {
            wire.wait_for_end_or(LATE);
            ok(wire);
        });
        ends(bench, &settings, &method, &server.url(), "a TLS handshake")?;
    }
    Ok(())
}

fn through_proxy(bench: &Bench<'_>) -> Result<(), String> {
    let mut settings = Scene::new("").hasty_to_connect().settings;
    for method in [Method::GET, Method::POST] {
        let platform = Server::tls(certificates::good(), ok);
        let proxy = proxy::late_tunnel_to(platform.address(), LATE);
        settings.proxy = Some(format!("http://{}", proxy.address()));
        ends(bench, &settings, &method, &format!("https://{PROXIED_HOST}"), "a proxy's tunnel")?;
    }
    Ok(())
}

fn ends(
    bench: &Bench<'_>,
    settings: &Settings,
    method: &Method,
    base: &str,
    what: &str,
) -> Result<(), String> {
    match bench.open_with(settings).call(secret_request(method, base)) {
        // How it says so is for the faults.
        Err(_) => Ok(()),
        Ok(_) => Err(format!(
            "{method} came back Ok after {what} that took {LATE:?}, with a limit of {:?} on connecting",
            settings.limits.connect
        )),
    }
}
