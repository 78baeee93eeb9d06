//! What comes back.

use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Bench, Check, ensure, expect_status, get};
use crate::request::secret_request;
use crate::server::Server;
use crate::transcript::Transcript;

pub(super) const ANY_STATUS: Check = Check {
    name: "any-status",
    reason: "the platform says what is wrong in the body of a 4xx or 5xx; as an error the body is lost",
    fix: "turn off statuses as errors, and return Ok for every complete response",
    run: any_status,
};

pub(super) const NO_REDIRECT: Check = Check {
    name: "no-redirect",
    reason: "following a redirect hands the secrets of the request to another host, or sends a `POST` twice to the same one",
    fix: "turn off redirects, so that the 3xx itself comes back",
    run: no_redirect,
};

pub(super) const HEADERS: Check = Check {
    name: "response-headers",
    reason: "the next page, the request's id and the time to wait are headers, and some come more than once",
    fix: "keep every header in its order: append, never insert; never go through a String",
    run: response_headers,
};

pub(super) const BODY: Check = Check {
    name: "response-body",
    reason: "the bytes alone decide what a response means",
    fix: "return the body as it came, however its length is given",
    run: response_body,
};

pub(super) const INTERIM: Check = Check {
    name: "interim-responses",
    reason: "a server or proxy may send 1xx responses before the final one (RFC 9110 §15.2)",
    fix: "skip 1xx responses and wait for the final one",
    run: interim_responses,
};

fn any_status(bench: &Bench<'_>) -> Result<(), String> {
    for status in [
        200, 201, 202, 203, 204, 205, 206, 299, 300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 407, 408,
        409, 410, 413, 415, 417, 421, 425, 426, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 511, 599,
    ] {
        let body = match status {
            204 | 205 | 304 => String::new(),
            // Errors are long where they quote a page.
            400.. => format!(r#"{{"message":"said by the platform{}"}}"#, ".".repeat(32 * 1024)),
            _ => r#"{"message":"said by the platform"}"#.to_owned(),
        };
        let head = if matches!(status, 204 | 304) {
            String::new()
        } else {
            format!("content-length: {}\r\n", body.len())
        };
        let response = format!(
            "HTTP/1.1 {status} Said\r\nwww-authenticate: Basic realm=\"a\"\r\nretry-after: 0\r\n{head}\r\n{body}"
        );
        for method in [Method::GET, Method::POST] {
            let response = response.clone();
            let server = Server::plain(move |wire| {
                if wire.request().is_some() {
                    wire.write(&response);
                }
            });
            let reply = bench.open().call(secret_request(&method, &server.url()));
            expect_status(method.as_str(), &reply, status)?;
            let arrived = reply.map(http::Response::into_body).unwrap_or_default();
            ensure(arrived == body.as_bytes(), || {
                format!(
                    "{status} came with a body of {} bytes, and the server sent another, of {}",
                    arrived.len(),
                    body.len()
                )
            })?;
            let requests: usize = server.finish().iter().map(Transcript::request_count).sum();
            ensure(requests == 1, || {
                format!("one {method} made {requests} requests when the response had status {status}")
            })?;
        }
    }
    Ok(())
}

fn no_redirect(bench: &Bench<'_>) -> Result<(), String> {
    for status in [300, 301, 302, 303, 305, 307, 308] {
        for method in [Method::GET, Method::POST] {
            for to_another_host in [true, false] {
                not_followed(bench, status, &method, to_another_host)?;
            }
        }
    }
    Ok(())
}

fn not_followed(
    bench: &Bench<'_>,
    status: u16,
    method: &Method,
    to_another_host: bool,
) -> Result<(), String> {
    let target = Server::plain(|wire| {
        if wire.request().is_some() {
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let location =
        if to_another_host { format!("{}/elsewhere", target.url()) } else { "/elsewhere".to_owned() };
    let server = Server::plain({
        let location = location.clone();
        move |wire| {
            while wire.request().is_some()
                && wire.write(format!(
                    "HTTP/1.1 {status} Moved\r\nlocation: {location}\r\nrefresh: 0; url={location}\r\ncontent-length: 0\r\n\r\n"
                ))
            {}
        }
    });
    let reply = bench.open().call(secret_request(method, &server.url()));
    let again = server.finish().iter().map(Transcript::request_count).sum::<usize>() > 1;
    let followed = again || !target.finish().is_empty();
    ensure(!followed, || {
        let host = if to_another_host { "another host" } else { "the same host" };
        format!("{method} followed a {status} to the place on {host} that `location` named")
    })?;
    expect_status(method.as_str(), &reply, status)?;
    let kept = reply.ok().and_then(|response| response.headers().get(LOCATION).cloned());
    ensure(kept.is_some_and(|kept| kept == location), || format!("{status} lost its location"))
}

fn response_headers(bench: &Bench<'_>) -> Result<(), String> {
    let long = "l".repeat(8 * 1024);
    let head = format!(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Twice: one\r\nset-cookie: b=2\r\nx-twice: two\r\nX-Empty:\r\n\
         x-long: {long}\r\nx!#$%&'*+-.^_`|~9: odd name\r\nset-cookie: a=1\r\ncontent-length: 2\r\nx-odd: "
    );
    let server = Server::plain(move |wire| {
        if wire.request().is_some() {
            wire.write([head.as_bytes(), b"caf\xe9\r\n\r\n{}"].concat());
        }
    });
    let reply = bench.open().call(get(&server));
    expect_status("call", &reply, 200)?;
    let mut expected = HeaderMap::new();
    let long = HeaderValue::from_str(&long).map_err(|error| error.to_string())?;
    for (name, value) in [
        (SET_COOKIE, HeaderValue::from_static("a=1")),
        (SET_COOKIE, HeaderValue::from_static("b=2")),
        (SET_COOKIE, HeaderValue::from_static("a=1")),
        (HeaderName::from_static("x-twice"), HeaderValue::from_static("one")),
        (HeaderName::from_static("x-twice"), HeaderValue::from_static("two")),
        (HeaderName::from_static("x-empty"), HeaderValue::from_static("")),
        (HeaderName::from_static("x-long"), long),
        (HeaderName::from_static("x!#$%&'*+-.^_`|~9"), HeaderValue::from_static("odd name")),
        (HeaderName::from_static("content-length"), HeaderValue::from_static("2")),
        (
            HeaderName::from_static("x-odd"),
            HeaderValue::from_bytes(b"caf\xe9").map_err(|error| error.to_string())?,
        ),
    ] {
        expected.append(name, value);
    }
    let arrived = reply.map(|response| response.into_parts().0.headers).unwrap_or_default();
    ensure(arrived == expected, || format!("the headers arrived as {arrived:?}; right is {expected:?}"))
}

fn response_body(bench: &Bench<'_>) -> Result<(), String> {
    let body: Vec<u8> = (0..=255).cycle().take(40_000).collect();
    let chunks: Vec<u8> = body
        .chunks(7_000)
        .flat_map(|chunk| [format!("{:x};ext=1\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .collect();
    let without_trailers = [&chunks, b"0\r\n\r\n".as_slice()].concat();
    let with_trailers = [&chunks, b"0\r\nx-trailer: 1\r\n\r\n".as_slice()].concat();
    let chunked = || "transfer-encoding: chunked".to_owned();
    for (framing, bytes, note) in [
        (format!("content-length: {}", body.len()), body.clone(), ""),
        (chunked(), without_trailers, ""),
        (chunked(), with_trailers, " and trailers, which broke it: without them the same body arrived"),
        ("connection: close".to_owned(), body.clone(), ""),
    ] {
        let server = Server::plain({
            let framing = framing.clone();
            move |wire| {
                if wire.request().is_some() {
                    wire.write([format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n").as_bytes(), &bytes].concat());
                }
            }
        });
        let reply = bench.open().call(get(&server));
        let framing = format!("{framing}{note}");
        expect_status(&framing, &reply, 200)?;
        let arrived = reply.map(http::Response::into_body).unwrap_or_default();
        ensure(arrived == body, || {
            format!("with {framing}: {} other bytes arrived for {}", arrived.len(), body.len())
        })?;
    }
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
        }
    });
    let reply = bench.open().call(secret_request(&Method::HEAD, &server.url()));
    expect_status("HEAD", &reply, 200)?;
    ensure(reply.is_ok_and(|response| response.body().is_empty()), || "HEAD came with a body".to_owned())
}

fn interim_responses(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            wire.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n");
            wire.write("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}");
        }
    });
    let reply = bench.open().call(secret_request(&Method::POST, &server.url()));
    expect_status("POST", &reply, 201)?;
    ensure(reply.is_ok_and(|response| response.body() == b"{}"), || {
        "the final response came with another body".to_owned()
    })
}
