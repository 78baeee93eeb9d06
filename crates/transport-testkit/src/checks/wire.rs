//! What goes out.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};

use super::added;
use super::{Bench, Check, ensure, expect_status, get, is_refused};
use crate::request::{HEADER, secret_request};
use crate::server::Server;
use crate::transcript::{Received, Transcript};
use crate::wire::Wire;

pub(super) const METHOD_AND_TARGET: Check = Check {
    name: "method-and-target",
    reason: "the target carries percent-encoded secrets and ids; one that is rewritten is another request",
    fix: "give the library the target as it is; where it would normalise (`..`, `'`, `//`), compare, and refuse with \
           NotSent and InvalidRequest",
    run: method_and_target,
};

pub(super) const HEADERS: Check = Check {
    name: "request-headers",
    reason: "a header that is added or lost changes what the platform does; credentials and cookies belong to the caller",
    fix: "pass all headers on in their order, and add nothing but host, content-length, connection, user-agent, \
          `accept: */*` and those of a tracing layer",
    run: request_headers,
};

pub(super) const BODY: Check = Check {
    name: "request-body",
    reason: "a body is bytes with a known length; a length on a request without a body makes some servers wait for one",
    fix: "send the `Vec<u8>` as it is, with content-length; for an empty one on GET, HEAD or DELETE send no body at all",
    run: request_body,
};

pub(super) const NO_COOKIES: Check = Check {
    name: "no-cookies",
    reason: "a cookie of one account sent with the next call mixes up two accounts",
    fix: "turn off the HTTP library's cookie jar",
    run: no_cookies,
};

fn ok(wire: &mut Wire) {
    while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
}

fn requests(server: Server) -> Vec<Received> {
    server.finish().iter().flat_map(Transcript::requests).collect()
}

fn method_and_target(bench: &Bench<'_>) -> Result<(), String> {
    const METHODS: [Method; 7] = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::HEAD,
        Method::OPTIONS,
    ];
    for method in METHODS {
        let server = Server::plain(ok);
        let sent = secret_request(&method, &server.url());
        let target = sent.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        expect_status(method.as_str(), &bench.open().call(sent), 200)?;
        let lines: Vec<_> =
            requests(server).into_iter().map(|it| format!("{} {}", it.method, it.target)).collect();
        ensure(lines == [format!("{method} {target}")], || {
            format!("{method} {target} arrived as {lines:?}")
        })?;
    }
    // The first are all that the client writes.
    for target in
        ["/", "/a-b._~/c", "/a?b=c%20d%2Fe%27&f=%E2%82%AC", "/a/?", "/a%2Fb", "/a?b=c+d:e@f,g;h!i$j(k)*l"]
    {
        let reply = arrives_as_it_is(bench, target)?;
        ensure(!reply, || format!("{target} was refused"))?;
    }
    for target in [
        "/a/../b",
        "/a/./b",
        "/%2e%2e/b",
        "/a%2fb",
        "//a//b",
        "/a?b='c'",
        "/a?b=\"c\"",
        "/a?b={c}|d",
        "/a;b=[c]?[d]^`",
    ] {
        arrives_as_it_is(bench, target)?;
    }
    Ok(())
}

/// `Ok(true)` if it was refused instead.
fn arrives_as_it_is(bench: &Bench<'_>, target: &str) -> Result<bool, String> {
    let server = Server::plain(ok);
    let Ok(request) = Request::get(format!("{}{target}", server.url())).body(Vec::new()) else {
        return Ok(true);
    };
    let reply = bench.open().call(request);
    let arrived: Vec<_> = requests(server).into_iter().map(|received| received.target).collect();
    if is_refused(&reply) && arrived.is_empty() {
        return Ok(true);
    }
    expect_status(target, &reply, 200)?;
    ensure(arrived == [target], || format!("{target} arrived as {arrived:?}")).map(|()| false)
}

fn request_headers(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(ok);
    let mut authorization = HeaderValue::from_static("User a+/=, Organization b+/=");
    authorization.set_sensitive(true);
    let sent = |method: Method, body: &[u8]| {
        Request::builder()
            .method(method)
            .uri(format!("{}/a", server.url()))
            .header(AUTHORIZATION, authorization.clone())
            .header("x-twice", "one")
            .header("x-twice", "two")
            .header("x-empty", "")
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_vec())
            .map_err(|error| error.to_string())
    };
    expect_status("GET", &bench.open().call(sent(Method::GET, b"")?), 200)?;
    expect_status("POST", &bench.open().call(sent(Method::POST, b"{}")?), 200)?;
    let mut with_accept = sent(Method::GET, b"")?;
    with_accept.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    expect_status("GET with accept", &bench.open().call(with_accept), 200)?;

    let host = server.address().to_string();
    let all = requests(server);
    ensure(all.len() == 3, || format!("3 calls made {} requests", all.len()))?;
    for received in &all {
        let mut expected: Vec<(&str, &[u8])> = vec![
            ("authorization", b"User a+/=, Organization b+/="),
            ("content-type", b"application/json"),
            ("host", host.as_bytes()),
            ("x-empty", b""),
            ("x-twice", b"one"),
            ("x-twice", b"two"),
        ];
        let mut arrived: Vec<_> =
            received.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        // `accept`, which the last of them has, is looked at below.
        arrived.retain(|(name, value)| *name != "accept" && !added::is_allowed(name, value));
        arrived.sort_by_key(|(name, _)| *name);
        expected.sort_by_key(|(name, _)| *name);
        ensure(arrived == expected, || {
            let shown = |headers: &[(&str, &[u8])]| {
                headers
                    .iter()
                    .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
                    .collect::<Vec<_>>()
            };
            format!("{} arrived with {:?}; right is {:?}", received.method, shown(&arrived), shown(&expected))
        })?;
    }
    let accepts: Vec<_> = all.iter().filter_map(|received| received.header("accept")).collect();
    ensure(accepts.last() == Some(&b"application/json".as_slice()), || {
        "the request's own accept was lost".to_owned()
    })
}

fn request_body(bench: &Bench<'_>) -> Result<(), String> {
    let every_byte: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    for (method, body, length) in [
        (Method::POST, every_byte.as_slice(), Some("70000")),
        (Method::PUT, b"{}", Some("2")),
        (Method::PATCH, b"{}", Some("2")),
        (Method::DELETE, b"{}", Some("2")),
        // RFC 9110 §8.6: a method that means a body says that there is none; another says nothing.
        (Method::POST, b"", Some("0")),
        (Method::PUT, b"", Some("0")),
        (Method::GET, b"", None),
        (Method::HEAD, b"", None),
        (Method::DELETE, b"", None),
    ] {
        let server = Server::plain(ok);
        let uri = format!("{}/a", server.url());
        let request = Request::builder().method(&method).uri(uri).body(body.to_vec());
        let reply = bench.open().call(request.map_err(|error| error.to_string())?);
        let what = format!("{method} with {} bytes", body.len());
        expect_status(&what, &reply, 200)?;
        let arrived = requests(server);
        let [received] = arrived.as_slice() else {
            return Err(format!("{what} made {} requests", arrived.len()));
        };
        let sent_length = received.header("content-length").map(String::from_utf8_lossy);
        ensure(sent_length.as_deref() == length, || {
            format!("{what}: content-length {sent_length:?}, not {length:?}")
        })?;
        ensure(received.header("transfer-encoding").is_none(), || {
            format!("{what}: transfer-encoding was added")
        })?;
        ensure(received.body == body, || format!("{what}: another body arrived"))?;
    }
    Ok(())
}

fn no_cookies(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(|wire| {
        while wire.request().is_some()
            && wire.write("HTTP/1.1 200 OK\r\nset-cookie: session=1; Path=/\r\ncontent-length: 0\r\n\r\n")
        {
        }
    });
    let transport = bench.open();
    expect_status("first call", &transport.call(get(&server)), 200)?;
    expect_status("second call", &transport.call(get(&server)), 200)?;
    let all = requests(server);
    let complete = all.len() == 2
        && all.iter().all(|it| it.header("authorization") == Some(format!("User {HEADER}").as_bytes()));
    ensure(complete, || format!("two calls made {} requests, or lost their authorization", all.len()))?;
    ensure(all.iter().all(|it| it.header("cookie").is_none()), || {
        "the second request carried a cookie".to_owned()
    })
}
