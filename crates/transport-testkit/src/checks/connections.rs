//! Which connection a request takes.

use http::Method;

use super::{Bench, Check, ensure, expect_status};
use crate::request::secret_request;
use crate::server::Server;
use crate::transcript::Transcript;
use crate::wire::Wire;

pub(super) const FRESH_CONNECTION: Check = Check {
    name: "fresh-connection",
    reason: "a kept connection may be closing just then, and nobody can tell whether a POST on it arrived",
    mend: "send what is not idempotent (RFC 9110 §9.2.2) on a connection of its own: a second client without a pool will do",
    run: fresh_connection,
};

pub(super) const CLOSED_CONNECTION: Check = Check {
    name: "closed-connection",
    reason: "a request that was read on a kept connection may have been acted on; sending it again is the caller's choice",
    mend: "turn off the HTTP library's retries on kept connections",
    run: closed_connection,
};

fn ok(wire: &mut Wire) -> bool {
    wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
}

fn fresh_connection(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(|wire| while ok(wire) {});
    let transport = bench.open();
    for method in
        [Method::GET, Method::GET, Method::POST, Method::POST, Method::PATCH, Method::GET, Method::POST]
    {
        expect_status(method.as_str(), &transport.call(secret_request(&method, &server.url())), 200)?;
    }
    drop(transport);
    let connections: Vec<Vec<_>> = server
        .finish()
        .iter()
        .map(|transcript| transcript.requests().into_iter().map(|request| request.method).collect())
        .collect();
    let on_kept: Vec<_> = connections.iter().flat_map(|methods| methods.iter().skip(1)).collect();
    ensure(connections.concat().len() == 7, || format!("seven calls made these requests: {connections:?}"))?;
    ensure(on_kept.iter().all(|method| *method == "GET"), || {
        format!("by connection: {connections:?}; POST and PATCH may only come first on theirs")
    })
}

fn closed_connection(bench: &Bench<'_>) -> Result<(), String> {
    // Answers the first request on each connection, reads the second, and closes.
    let server = Server::plain(|wire| {
        if ok(wire) {
            drop(wire.request());
        }
    });
    let transport = bench.open();
    let answers: Vec<_> =
        (0..3).map(|_| transport.call(secret_request(&Method::GET, &server.url()))).collect();
    drop(transport);
    let requests: usize = server.finish().iter().map(Transcript::request_count).sum();
    ensure(answers.first().is_some_and(Result::is_ok), || "the first call failed".to_owned())?;
    ensure(requests <= 3, || format!("three calls made {requests} requests"))
}
