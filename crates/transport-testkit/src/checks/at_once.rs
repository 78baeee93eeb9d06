//! Many calls at the same time, and calls that are abandoned.

use std::sync::{Mutex, PoisonError};

use futures_channel::oneshot;
use http::header::AUTHORIZATION;
use http::{Method, Request};

use super::{Bench, Check, ensure, expect_status, get};
use crate::request::secret_request;
use crate::server::Server;
use crate::transcript::{Received, Transcript};

pub(super) const MANY: Check = Check {
    name: "64-calls-at-once",
    reason: "one transport serves all users of an application; with the response of another call, a user gets another's token",
    fix: "keep no state of a call in the transport; share the HTTP library's client",
    run: many,
};

pub(super) const DROPPED: Check = Check {
    name: "dropped-call",
    reason: "a caller that loses patience drops the future; the request must not be sent again, and the next call must work",
    fix: "let the drop end the call; do not run it in a task that outlives the future, and poison no lock",
    run: dropped,
};

fn many(bench: &Bench<'_>) -> Result<(), String> {
    const CALLS: usize = 64;
    // Tells each caller what it had asked for, and as whom.
    let server = Server::plain(|wire| {
        while let Some(request) = wire.request() {
            let id = id(&request);
            if !wire.write(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{id}", id.len())) {
                break;
            }
        }
    });
    let (requests, mut expected): (Vec<_>, Vec<_>) = (0..CALLS)
        .map(|number| {
            let method = if number % 2 == 0 { Method::GET } else { Method::POST };
            // Two of each that differ in their user alone: they must not be merged.
            let (target, user) = (format!("/call/{}", number / 4), format!("User {number}"));
            let request = Request::builder()
                .method(method)
                .uri(format!("{}{target}", server.url()))
                .header(AUTHORIZATION, &user)
                .body(Vec::new());
            (request, format!("{target} as {user}"))
        })
        .unzip();
    let requests: Result<Vec<_>, _> = requests.into_iter().collect();
    let replies = bench.open().call_at_once(requests.map_err(|error: http::Error| error.to_string())?);
    for (call, reply) in expected.iter().zip(replies) {
        expect_status(call, &reply, 200)?;
        let body = reply.map(http::Response::into_body).unwrap_or_default();
        ensure(body == call.as_bytes(), || {
            format!("{call} got the response of {}", String::from_utf8_lossy(&body))
        })?;
    }
    let mut arrived: Vec<_> =
        server.finish().iter().flat_map(Transcript::requests).map(|it| id(&it)).collect();
    arrived.sort();
    expected.sort();
    ensure(arrived == expected, || format!("{CALLS} calls made {} requests", arrived.len()))
}

/// The target of a request and its user.
fn id(request: &Received) -> String {
    let user = request.header(AUTHORIZATION.as_str()).unwrap_or_default();
    format!("{} as {}", request.target, String::from_utf8_lossy(user))
}

fn dropped(bench: &Bench<'_>) -> Result<(), String> {
    let transport = bench.open();
    for method in [Method::GET, Method::POST] {
        let (arrived, drop_at) = oneshot::channel();
        let arrived = Mutex::new(Some(arrived));
        let server = Server::plain(move |wire| {
            if wire.request().is_some() {
                if let Some(arrived) = arrived.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    let _ = arrived.send(());
                }
                wire.hold();
            }
        });
        if !transport.call_and_drop(secret_request(&method, &server.url()), drop_at) {
            // A blocking call cannot be dropped, and any other cannot have ended: there was no response.
            drop(server.finish());
            continue;
        }
        let next = Server::plain(|wire| {
            while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
        });
        expect_status("the call after a dropped one", &transport.call(get(&next)), 200)?;
        drop(next.finish());
        let requests: usize = server.finish().iter().map(Transcript::request_count).sum();
        ensure(requests == 1, || format!("a dropped {method} reached the server {requests} times"))?;
    }
    Ok(())
}
