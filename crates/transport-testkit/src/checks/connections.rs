//! Which connection a request takes.

use http::{Method, Request};
use your_moms_core::CallContext;

use super::{Bench, Check, ensure, expect_status, settings};
use crate::certificates::{self, PROXIED_HOST};
use crate::faults::serve_http2;
use crate::request::secret_request;
use crate::server::Server;
use crate::subject::Caller;
use crate::transcript::Transcript;
use crate::wire::Wire;
use crate::{http2, proxy};

pub(super) const FRESH_CONNECTION: Check = Check {
    name: "fresh-connection",
    reason: "a kept connection may be closing just then, and nobody can tell whether a POST on it arrived",
    fix: "look at `CallContext::of(&request).reuse_connection`, and unless it is set use a connection of its own: a second \
          client without a pool will do, or no pool at all",
    run: fresh_connection,
};

pub(super) const PROXY_FRESH_CONNECTION: Check = Check {
    name: "proxy-fresh-connection",
    reason: "a kept tunnel may be closing just then, and nobody can tell whether a POST in it arrived",
    fix: "open a tunnel of its own for a request that may not reuse a connection: libraries keep tunnels in a pool as well",
    run: fresh_tunnel,
};

pub(super) const HTTP2_FRESH_CONNECTION: Check = Check {
    name: "http2-fresh-connection",
    reason: "an HTTP/2 connection that the server is ending takes all its streams with it, and libraries share one for all calls",
    fix: "a pool of size 0 does not unshare HTTP/2: use HTTP/1 where a request may not reuse a connection, or a client of its own",
    run: fresh_http2,
};

pub(super) const CLOSED_CONNECTION: Check = Check {
    name: "closed-connection",
    reason: "a request that was read on a kept connection may have been acted on; sending it again is the caller's choice",
    fix: "turn off the HTTP library's retries on kept connections",
    run: closed_connection,
};

fn ok(wire: &mut Wire) -> bool {
    wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
}

fn fresh_connection(bench: &Bench<'_>) -> Result<(), String> {
    let ok = |wire: &mut Wire| while ok(wire) {};
    for server in [Server::plain(ok), Server::tls(certificates::good(), ok)] {
        let base = server.url();
        are_fresh(&*bench.open(), &base, server)?;
    }
    Ok(())
}

fn fresh_tunnel(bench: &Bench<'_>) -> Result<(), String> {
    let platform = Server::tls(certificates::good(), |wire| while ok(wire) {});
    let proxy = proxy::tunnel_to(platform.address());
    let mut settings = settings();
    settings.proxy = Some(format!("http://{}", proxy.address()));
    are_fresh(&*bench.open_with(&settings), &format!("https://{PROXIED_HOST}"), platform)
}

/// Calls `server` as `base`, with and without permission to reuse a connection.
fn are_fresh(transport: &dyn Caller, base: &str, server: Server) -> Result<(), String> {
    const REUSE: Option<bool> = Some(true);
    const FRESH: Option<bool> = Some(false);
    /// As code sends that sets no context: nothing was allowed.
    const SAYS_NOTHING: Option<bool> = None;
    // The method does not matter: there are calls by `POST` that may be sent twice.
    let calls = [
        (Method::GET, REUSE),
        (Method::GET, REUSE),
        (Method::POST, FRESH),
        (Method::GET, FRESH),
        (Method::POST, REUSE),
        (Method::PATCH, FRESH),
        (Method::GET, SAYS_NOTHING),
        (Method::DELETE, REUSE),
        (Method::POST, SAYS_NOTHING),
    ];
    for (method, reuse) in &calls {
        let target = if *reuse == REUSE { "reuse" } else { "fresh" };
        let reply = transport.call(request(method, &format!("{base}/{target}"), *reuse));
        expect_status(method.as_str(), &reply, 200)?;
    }
    let connections: Vec<Vec<_>> = server
        .finish()
        .iter()
        .map(|transcript| {
            let requests = transcript.requests().into_iter();
            let fresh = |target: &str| if target.starts_with("/fresh") { " fresh" } else { "" };
            requests.map(|request| format!("{}{}", request.method, fresh(&request.target))).collect()
        })
        .collect();
    let on_kept: Vec<_> = connections.iter().flat_map(|requests| requests.iter().skip(1)).collect();
    ensure(connections.concat().len() == calls.len(), || {
        format!("{} calls made these requests: {connections:?}", calls.len())
    })?;
    ensure(!on_kept.iter().any(|request| request.ends_with("fresh")), || {
        format!(
            "by connection: {connections:?}; where it says `fresh`, a request may only come first on its own"
        )
    })
}

/// `None` sets no context.
fn request(method: &Method, base: &str, reuse: Option<bool>) -> Request<Vec<u8>> {
    let mut request = secret_request(method, base);
    match (reuse, request.extensions_mut().get_mut::<CallContext>()) {
        (Some(reuse), Some(context)) => context.reuse_connection = reuse,
        _ => request.extensions_mut().clear(),
    }
    request
}

fn fresh_http2(bench: &Bench<'_>) -> Result<(), String> {
    // Responds to the first request on each connection, keeps it until a second begins, and closes.
    let server = Server::tls(certificates::with_http2(), |wire| {
        if serve_http2(wire) && wire.write([http2::ok_head(), http2::last_data(b"{}")].concat()) {
            let _ = wire.read_until(|read| read.request_count() > 1);
        }
    });
    let transport = bench.open();
    let first = transport.call(request(&Method::GET, &server.url(), Some(true)));
    let calls = [(Method::POST, Some(false)), (Method::GET, Some(false)), (Method::POST, None)];
    for (method, reuse) in &calls {
        let _ = transport.call(request(method, &server.url(), *reuse));
    }
    drop(transport);
    let connections: Vec<_> = server
        .finish()
        .iter()
        .filter(|transcript| transcript.bytes().starts_with(http2::PREFACE))
        .map(Transcript::request_count)
        .collect();
    if connections.is_empty() {
        // A transport need not speak HTTP/2.
        return Ok(());
    }
    expect_status("the first call", &first, 200)?;
    ensure(connections.iter().all(|requests| *requests < 2), || {
        format!(
            "calls that may not reuse a connection came as further streams; requests by connection: {connections:?}"
        )
    })
}

fn closed_connection(bench: &Bench<'_>) -> Result<(), String> {
    // Responds to the first request on each connection, reads the second, and closes.
    let server = Server::plain(|wire| {
        if ok(wire) {
            drop(wire.request());
        }
    });
    let transport = bench.open();
    let replies: Vec<_> =
        (0..3).map(|_| transport.call(secret_request(&Method::GET, &server.url()))).collect();
    drop(transport);
    let requests: usize = server.finish().iter().map(Transcript::request_count).sum();
    ensure(replies.first().is_some_and(Result::is_ok), || "the first call failed".to_owned())?;
    ensure(requests <= 3, || format!("three calls made {requests} requests"))
}
