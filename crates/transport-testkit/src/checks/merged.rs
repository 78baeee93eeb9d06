//! Headers that are not the final response's own.

use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Bench, Check, ensure};
use crate::request::secret_request;
use crate::server::Server;

pub(super) const INTERIM: Check = Check {
    name: "interim-headers",
    reason: "the headers of a 103 are a guess (RFC 8297): in the final response, its `retry-after` or cookie would be believed",
    fix: "drop a 1xx response with all its headers; start with an empty map for each head that is read",
    run: interim_headers,
};

pub(super) const TRAILERS: Check = Check {
    name: "trailers-apart",
    reason: "anything can stand in trailers, behind what a gateway has checked: as headers they are believed (RFC 9110 §6.5.1)",
    fix: "read trailers and drop them; do not add them to the headers",
    run: trailers,
};

fn interim_headers(bench: &Bench<'_>) -> Result<(), String> {
    only_own(
        bench,
        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\nretry-after: 7\r\nset-cookie: a=b\r\nx-own: interim\r\n\r\n\
         HTTP/1.1 200 OK\r\nx-own: final\r\ncontent-length: 2\r\n\r\n{}",
        &[("x-own", "final"), ("content-length", "2")],
    )
}

fn trailers(bench: &Bench<'_>) -> Result<(), String> {
    only_own(
        bench,
        "HTTP/1.1 200 OK\r\nx-own: head\r\ntransfer-encoding: chunked\r\ntrailer: retry-after\r\n\r\n\
         2\r\n{}\r\n0\r\nretry-after: 7\r\nset-cookie: a=b\r\nx-own: trailer\r\n\r\n",
        &[("x-own", "head"), ("trailer", "retry-after"), ("transfer-encoding", "chunked")],
    )
}

/// `sent` must come back with no headers but `own`.
fn only_own(
    bench: &Bench<'_>,
    sent: &'static str,
    own: &[(&'static str, &'static str)],
) -> Result<(), String> {
    let mut expected = HeaderMap::new();
    for (name, value) in own {
        expected.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for method in [Method::GET, Method::POST] {
        let server = Server::plain(move |wire| {
            if wire.request().is_some() {
                wire.write(sent);
            }
        });
        let reply = bench.open().call(secret_request(&method, &server.url()));
        // Whether it comes back at all is for other checks.
        let Ok(response) = reply else { continue };
        let added: Vec<_> = response
            .headers()
            .iter()
            .filter(|(name, value)| !expected.get_all(*name).iter().any(|own| own == value))
            .map(|(name, value)| format!("{name}: {}", value.as_bytes().escape_ascii()))
            .collect();
        ensure(added.is_empty(), || format!("the response to {method} has these too: {}", added.join(", ")))?;
    }
    Ok(())
}
