//! TLS, tunnels and HTTP/2, with nothing wrong.

use super::{Bench, Check, ensure, expect_status, get, settings};
use crate::certificates::{self, PROXIED_HOST};
use crate::faults::serve_http2;
use crate::request::secret_request;
use crate::server::Server;
use crate::wire::Wire;
use crate::{http2, proxy, request};
use http::Method;

pub(super) const TLS: Check = Check {
    name: "tls",
    reason: "every call of the platform goes over TLS",
    fix: "trust the authority in `Settings::root_certificate`",
    run: tls,
};

pub(super) const TUNNEL: Check = Check {
    name: "proxy-tunnel",
    reason: "a proxy that is sent a request instead of CONNECT reads every secret in it",
    fix: "open a tunnel (RFC 9110 §9.3.6) through `Settings::proxy`, and TLS with the host behind it",
    run: tunnel,
};

pub(super) const NEVER_INDEXED: Check = Check {
    name: "http2-sensitive-header",
    reason: "a secret in HPACK's table can be guessed byte by byte from the sizes of later requests (RFC 7541 §7.1.3)",
    fix: "pass on `HeaderValue`s themselves: a copy of their bytes loses `is_sensitive`",
    run: never_indexed,
};

fn ok(wire: &mut Wire) {
    while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
}

fn tls(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::tls(certificates::good(), ok);
    expect_status("a call over TLS", &bench.open().call(get(&server)), 200)
}

fn tunnel(bench: &Bench<'_>) -> Result<(), String> {
    let platform = Server::tls(certificates::good(), ok);
    let proxy = proxy::tunnel_to(platform.address());
    let mut settings = settings();
    settings.proxy = Some(format!("http://{}", proxy.address()));
    let transport = bench.open_with(&settings);
    for method in [Method::GET, Method::POST] {
        let request = secret_request(&method, &format!("https://{PROXIED_HOST}"));
        expect_status("a call through a proxy", &transport.call(request), 200)?;
    }
    drop(transport);
    let arrived: usize = platform.finish().iter().map(|transcript| transcript.requests().len()).sum();
    ensure(arrived == 2, || format!("two calls made {arrived} requests"))?;
    let seen = proxy.finish();
    ensure(!seen.is_empty() && seen.iter().all(|seen| seen.bytes().starts_with(b"CONNECT ")), || {
        "the proxy was not asked for a tunnel".to_owned()
    })?;
    ensure(seen.iter().all(|seen| !request::shows_a_secret(seen)), || "the proxy saw a secret".to_owned())
}

fn never_indexed(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::tls(certificates::with_http2(), |wire| {
        if serve_http2(wire) {
            wire.write([http2::ok_head(), http2::last_data(b"{}")].concat());
            wire.hold();
        }
    });
    let reply = bench.open().call(get(&server));
    let transcripts = server.finish();
    let Some(transcript) =
        transcripts.iter().find(|transcript| transcript.bytes().starts_with(http2::PREFACE))
    else {
        // A transport need not speak HTTP/2.
        return Ok(());
    };
    expect_status("a call over HTTP/2", &reply, 200)?;
    let never = http2::authorization_is_never_indexed(transcript.bytes());
    ensure(never == Some(true), || match never {
        Some(_) => "the authorization header may go into the table".to_owned(),
        None => "the authorization header did not arrive".to_owned(),
    })
}
