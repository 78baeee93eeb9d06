//! Each call gets the response to its own request, and nothing that was meant for another.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_channel::oneshot;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{HeaderValue, Method, Request};
use your_moms_core::{CallContext, Reply};

use super::{Bench, Check, ensure, expect_status, settings};
use crate::request::secret_request;
use crate::server::Server;
use crate::transcript::{Received, Transcript};

pub(super) const LATE: Check = Check {
    name: "late-response",
    reason: "a call that ended early leaves its response on the connection: the next call would get it, with another user's token",
    fix: "close the connection of a call that was dropped, or ended by a limit, before its response was read to the end",
    run: late_response,
};

pub(super) const LEFTOVER: Check = Check {
    name: "leftover-bytes",
    reason: "what follows a response was not asked for: as the response to the next call, it is whatever a server, or somebody \
             who can write into one of its responses, wants it to be",
    fix: "keep a connection only if nothing was read beyond the response's end, and nothing comes while it is idle",
    run: leftover_bytes,
};

pub(super) const NO_CACHE: Check = Check {
    name: "no-cache",
    reason: "one transport serves all users of an application: from a cache, one of them gets the response of another, or one \
             that no longer holds",
    fix: "turn off the HTTP library's cache, and the layer that merges equal calls",
    run: no_cache,
};

fn call(method: &Method, base: &str, target: &str) -> Request<Vec<u8>> {
    secret_request(method, &format!("{base}{target}"))
}

/// The body for a call that comes second.
const ITS_OWN: &str = "its own";

/// A connection that was kept may be closing: then a call on it fails, as it may.
fn is_its_own_or_failed(reply: &Reply) -> bool {
    reply.as_ref().map_or(true, |response| response.body() == ITS_OWN.as_bytes())
}

fn head(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\n{CONTENT_LENGTH}: {length}\r\n\r\n")
}

fn whole(body: &str) -> String {
    head(body.len()) + body
}

fn late_response(bench: &Bench<'_>) -> Result<(), String> {
    const SHORT: Option<Duration> = Some(Duration::from_millis(400));
    const MUCH_LATER: Duration = Duration::from_secs(4);
    const FIRST: &str = "the first call's";
    // What a client would take for a response that does not know where it is.
    let rest = whole(FIRST).repeat(2 * settings().limits.response_bytes / FIRST.len());
    for (target, time_limit, what) in [
        ("/silent", SHORT, "whose time was up"),
        ("/half", SHORT, "whose time was up in the body"),
        ("/large", None, "whose response was too large"),
        ("/silent", None, "that was dropped"),
    ] {
        let (arrived, drop_at) = oneshot::channel();
        let arrived = Mutex::new(Some(arrived));
        let rest = rest.clone();
        // Completes an earlier response when the next request is there on the same connection, and then responds to that.
        let server = Server::plain(move |wire| {
            let mut owed = String::new();
            // For a transport that waits for its response beyond its time: other checks find it.
            let _ = wire.socket().set_read_timeout(Some(MUCH_LATER));
            while let Some(request) = wire.request() {
                if let Some(arrived) = arrived.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    let _ = arrived.send(());
                }
                let is_for = |target| request.target.starts_with(target);
                let (now, later) = if is_for("/silent") {
                    (String::new(), whole(FIRST))
                } else if is_for("/half") {
                    (head(FIRST.len() + rest.len()) + FIRST, rest.clone())
                } else if is_for("/large") {
                    (head(rest.len()) + &rest, String::new())
                } else {
                    (whole(ITS_OWN), String::new())
                };
                if !wire.write(std::mem::replace(&mut owed, later) + &now) {
                    return;
                }
            }
            wire.write(owed);
        });
        let transport = bench.open();
        let mut first = call(&Method::GET, &server.url(), target);
        if let Some(context) = first.extensions_mut().get_mut::<CallContext>() {
            context.time_limit = time_limit;
        }
        if what == "that was dropped" {
            transport.call_and_drop(first, drop_at);
        } else {
            // Whether it fails is for other checks.
            drop(transport.call(first));
        }
        let next = transport.call(call(&Method::GET, &server.url(), "/next"));
        ensure(is_its_own_or_failed(&next), || format!("the call after one {what} got that one's response"))?;
    }
    Ok(())
}

fn leftover_bytes(bench: &Bench<'_>) -> Result<(), String> {
    for (what, first) in [
        ("a body longer than its `content-length`", whole("{}")),
        ("a body behind a 204", "HTTP/1.1 204 No Content\r\n\r\n".to_owned()),
    ] {
        let first = first + &whole("nobody asked for this");
        let server = Server::plain(move |wire| {
            while let Some(request) = wire.request() {
                let response =
                    if request.target.starts_with("/first") { first.clone() } else { whole(ITS_OWN) };
                if !wire.write(response) {
                    break;
                }
            }
        });
        let transport = bench.open();
        // Whether it fails is up to the transport.
        drop(transport.call(call(&Method::GET, &server.url(), "/first")));
        let next = transport.call(call(&Method::GET, &server.url(), "/next"));
        ensure(is_its_own_or_failed(&next), || {
            format!("the call after {what} got the rest of that for its response")
        })?;
    }
    Ok(())
}

fn no_cache(bench: &Bench<'_>) -> Result<(), String> {
    let user = |request: &Received| {
        request.header(AUTHORIZATION.as_str()).map(String::from_utf8_lossy).unwrap_or_default().into_owned()
    };
    let server = Server::plain(move |wire| {
        while let Some(request) = wire.request() {
            let body = user(&request);
            let cached = "cache-control: public, max-age=3600\r\netag: \"a\"\r\nlast-modified: Mon, 05 Jan 2026 00:00:00 GMT";
            if !wire
                .write(format!("HTTP/1.1 200 OK\r\n{cached}\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
            {
                break;
            }
        }
    });
    let transport = bench.open();
    let users = ["User one", "User two", "User one"];
    for user in users {
        let mut request = secret_request(&Method::GET, &server.url());
        request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static(user));
        let reply = transport.call(request);
        expect_status("GET", &reply, 200)?;
        let body = reply.map(http::Response::into_body).unwrap_or_default();
        ensure(body == user.as_bytes(), || {
            format!("a call as {user:?} got the response to {:?}", String::from_utf8_lossy(&body))
        })?;
    }
    let requests = server.finish().iter().map(Transcript::request_count).sum::<usize>();
    ensure(requests == users.len(), || format!("{} equal calls made {requests} requests", users.len()))
}
