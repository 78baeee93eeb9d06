//! What a transport adds to a request.

use http::{HeaderValue, Method, Request};

use super::{Bench, Check, ensure, expect_status};
use crate::request::with_body;
use crate::server::Server;
use crate::transcript::Transcript;

pub(super) const NO_ADDED_HEADERS: Check = Check {
    name: "no-added-headers",
    reason: "a media type, an encoding or a cache directive that the caller did not write changes what the platform does",
    fix: "send the request's own headers, and add nothing but host, content-length, connection, keep-alive, user-agent, \
          `accept: */*` and the headers of a trace; turn off what the HTTP library writes by itself",
    run: no_added_headers,
};

pub(super) const NO_EXPECT: Check = Check {
    name: "no-expect-header",
    reason: "many servers and proxies never send a 100: the body then waits for a time limit, or is never sent",
    fix: "turn off `Expect: 100-continue`, which some libraries add to a large body",
    run: no_expect,
};

/// What says nothing new: the length (another check looks at it), the connection, who is asking, that any media type will do
/// (RFC 9110 §12.5.1), and which trace the call belongs to (W3C Trace Context and Baggage).
pub(super) fn is_allowed(name: &str, value: &[u8]) -> bool {
    match name {
        "content-length" | "user-agent" | "keep-alive" | "traceparent" | "tracestate" | "baggage" => true,
        "connection" => value.eq_ignore_ascii_case(b"keep-alive") || value.eq_ignore_ascii_case(b"close"),
        "accept" => value == b"*/*",
        _ => false,
    }
}

fn no_added_headers(bench: &Bench<'_>) -> Result<(), String> {
    const NONE: &[(&str, &str)] = &[];
    const ALL: &[(&str, &str)] =
        &[("authorization", "User a"), ("accept", "application/json"), ("content-type", "application/json")];
    for (method, body, headers) in [
        (Method::GET, "", NONE),
        (Method::HEAD, "", NONE),
        (Method::DELETE, "", NONE),
        (Method::POST, "", NONE),
        (Method::POST, "{}", NONE),
        (Method::PUT, "{}", NONE),
        (Method::PATCH, "a=b", NONE),
        (Method::GET, "", ALL),
        (Method::POST, "{}", ALL),
    ] {
        let server = Server::plain(|wire| {
            while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
        });
        let mut request = Request::new(body.as_bytes().to_vec());
        *request.method_mut() = method.clone();
        *request.uri_mut() = format!("{}/a", server.url()).parse().map_err(|error| format!("{error}"))?;
        for (name, value) in headers {
            request.headers_mut().append(*name, HeaderValue::from_static(value));
        }
        let what = format!("{method} with {} headers and a body of {} bytes", headers.len(), body.len());
        expect_status(&what, &bench.open().call(request), 200)?;
        let added: Vec<_> = server
            .finish()
            .iter()
            .flat_map(Transcript::requests)
            .flat_map(|received| received.headers)
            .filter(|(name, value)| {
                let own = headers.iter().any(|own| own.0 == name && own.1.as_bytes() == value);
                !own && name != "host" && !is_allowed(name, value)
            })
            .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
            .collect();
        ensure(added.is_empty(), || format!("{what} arrived with these added: {}", added.join(", ")))?;
    }
    Ok(())
}

fn no_expect(bench: &Bench<'_>) -> Result<(), String> {
    /// More than any library sends unasked.
    const LENGTH: usize = 1 << 20;
    // Sends no 100, as a server may (RFC 9110 §10.1.1).
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let reply = bench.open().call(with_body(&Method::POST, &server.url(), vec![b'x'; LENGTH]));
    // The head can be there without the body.
    let heads: Vec<_> = server.finish().iter().map(Transcript::first_head).collect();
    ensure(!heads.iter().any(|head| head.contains("\r\nexpect:")), || {
        let end = reply.as_ref().map(|response| response.status().as_u16());
        format!("POST with {LENGTH} bytes arrived with an `expect` header, and ended with {end:?}")
    })?;
    expect_status("POST with a large body", &reply, 200)
}
