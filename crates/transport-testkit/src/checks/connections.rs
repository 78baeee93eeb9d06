//! Which connection a request takes.

use http::Method;
use your_moms_core::CallContext;

use super::{Bench, Check, ensure, expect_status};
use crate::request::secret_request;
use crate::server::Server;
use crate::transcript::Transcript;
use crate::wire::Wire;

pub(super) const FRESH_CONNECTION: Check = Check {
    name: "fresh-connection",
    reason: "a kept connection may be closing just then, and nobody can tell whether a POST on it arrived",
    fix: "look at `CallContext::of(&request).reuse_connection`, and unless it is set use a connection of its own: a second \
          client without a pool will do, or no pool at all",
    run: fresh_connection,
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
    let server = Server::plain(|wire| while ok(wire) {});
    let transport = bench.open();
    for (method, reuse) in &calls {
        let target = if *reuse == REUSE { "reuse" } else { "fresh" };
        let mut request = secret_request(method, &format!("{}/{target}", server.url()));
        match (reuse, request.extensions_mut().get_mut::<CallContext>()) {
            (Some(reuse), Some(context)) => context.reuse_connection = *reuse,
            _ => request.extensions_mut().clear(),
        }
        expect_status(method.as_str(), &transport.call(request), 200)?;
    }
    drop(transport);
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
