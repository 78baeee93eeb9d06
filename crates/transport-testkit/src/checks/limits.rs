//! How much is read, and how long a try may take. The transport's own time limits are for the faults.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Method;
use your_moms_core::{CallContext, Delivery};

use super::{Bench, Check, ensure, expect_status, get, settings};
use crate::request::secret_request;
use crate::server::Server;

pub(super) const SIZE: Check = Check {
    name: "size-limit",
    reason: "a response without a limit eats all memory; one at the limit is still a response",
    fix: "count the bytes of the body while reading, and give up with TooLarge at the first beyond the limit",
    run: size_limit,
};

pub(super) const READS_NO_MORE: Check = Check {
    name: "reads-no-more-than-the-limit",
    reason: "a limit that is checked after everything was read is no limit",
    fix: "read the body in pieces; do not collect it first",
    run: reads_no_more,
};

pub(super) const USUAL_HEAD: Check = Check {
    name: "usual-head",
    reason: "gateways add headers: a limit on the head must leave room for them",
    fix: "allow at least 50 header lines and 16 KiB",
    run: usual_head,
};

pub(super) const DEADLINE: Check = Check {
    name: "call-deadline",
    reason: "a call has one deadline for all its tries, and a try that does not know it outlives it",
    fix: "limit each try by the smaller of your own limit and `CallContext::of(&request).time_limit`",
    run: call_deadline,
};

pub(super) const PARTIAL_BODY: Check = Check {
    name: "partial-body",
    reason: "after a creation, the instance's token may be in what arrived before the connection broke",
    fix: "give `with_partial_body` the bytes of the body as they came, or leave it out",
    run: partial_body,
};

/// Long after a deadline of 400 ms, and long before any other limit.
const LATE: Duration = Duration::from_secs(4);

fn size_limit(bench: &Bench<'_>) -> Result<(), String> {
    let limit = settings().limits.response_bytes;
    for framing in ["content-length", "chunked", "close"] {
        for length in [limit - 1, limit, limit + 1] {
            let server = Server::plain(move |wire| {
                if wire.request().is_some() {
                    let body = "a".repeat(length);
                    wire.write("HTTP/1.1 200 OK\r\n");
                    wire.write(match framing {
                        "content-length" => format!("content-length: {length}\r\n\r\n{body}"),
                        "chunked" => {
                            format!("transfer-encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n")
                        }
                        _ => format!("connection: close\r\n\r\n{body}"),
                    });
                }
            });
            let reply = bench.open().call(get(&server));
            let what = format!("a body ({framing}) of {length} bytes with a limit of {limit}");
            if length <= limit {
                expect_status(&what, &reply, 200)?;
                ensure(reply.is_ok_and(|response| response.body().len() == length), || {
                    format!("{what} came back cut")
                })?;
            } else {
                let Err(error) = reply else { return Err(format!("{what} came back Ok")) };
                let right = error.delivery() != Delivery::NotSent;
                ensure(right, || format!("{what} failed with {error}"))?;
            }
        }
    }
    Ok(())
}

fn reads_no_more(bench: &Bench<'_>) -> Result<(), String> {
    /// What the systems on both sides and the HTTP library may hold on the way.
    const BUFFERED: usize = 32 << 20;
    let taken = Arc::new(AtomicUsize::new(0));
    let server = Server::plain({
        let taken = Arc::clone(&taken);
        move |wire| {
            if wire.request().is_some() {
                wire.write("HTTP/1.1 200 OK\r\n\r\n");
                taken.store(wire.flood("a".repeat(64 * 1024), 2 * BUFFERED), Ordering::SeqCst);
            }
        }
    });
    let reply = bench.open().call(get(&server));
    drop(server.finish());
    let taken = taken.load(Ordering::SeqCst);
    ensure(reply.is_err(), || format!("a body without end came back Ok after {taken} bytes"))?;
    ensure(taken < BUFFERED, || {
        format!("{taken} bytes were read with a limit of {}", settings().limits.response_bytes)
    })
}

fn usual_head(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            let lines = (0..50).map(|number| format!("x-{number}: {}", "a".repeat(300)));
            let lines = lines.collect::<Vec<_>>().join("\r\n");
            wire.write(format!("HTTP/1.1 200 OK\r\n{lines}\r\n\r\n"));
        }
    });
    let reply = bench.open().call(get(&server));
    expect_status("50 header lines of 300 bytes", &reply, 200)?;
    let kept = reply.map(|response| response.headers().len()).unwrap_or_default();
    ensure(kept == 50, || format!("{kept} of 50 header lines were kept"))
}

fn call_deadline(bench: &Bench<'_>) -> Result<(), String> {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\n";
    for method in [Method::GET, Method::POST] {
        for silent in [true, false] {
            // Complete in the end, and long after the deadline: a transport that ignores it returns Ok.
            let server = Server::plain(move |wire| match wire.request() {
                None => {}
                Some(_) if silent => {
                    wire.wait_for_end_or(LATE);
                    wire.write(format!("{HEAD}{}", "a".repeat(200)));
                }
                Some(_) => {
                    wire.write(HEAD);
                    wire.drip_times("a", 200);
                }
            });
            let mut request = secret_request(&method, &server.url());
            if let Some(context) = request.extensions_mut().get_mut::<CallContext>() {
                context.time_limit = Some(Duration::from_millis(400));
            }
            let reply = bench.open().call(request);
            ensure(reply.is_err(), || {
                let what = if silent { "a response" } else { "the rest of a body" };
                format!("{method} came back Ok: it waited for {what} when its time was long over")
            })?;
        }
    }
    Ok(())
}

fn partial_body(bench: &Bench<'_>) -> Result<(), String> {
    let limit = settings().limits.response_bytes;
    let body: Vec<u8> = (0..=255).cycle().take(2 * limit).collect();
    for (what, head, sent) in [
        ("a body that is cut", format!("content-length: {limit}"), limit / 2),
        ("a chunked body that is cut", "transfer-encoding: chunked".to_owned(), limit / 2),
        ("a body that is too large", format!("content-length: {}", 2 * limit), 2 * limit),
    ] {
        let sent = body.get(..sent).unwrap_or_default().to_vec();
        let chunk = if head.ends_with("chunked") { format!("{:x}\r\n", sent.len()) } else { String::new() };
        let response = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{chunk}").as_bytes(), &sent].concat();
        let server = Server::plain(move |wire| {
            if wire.request().is_some() {
                wire.write(&response);
            }
        });
        // Whether it fails is for other checks.
        let Err(error) = bench.open().call(get(&server)) else { continue };
        ensure(sent.starts_with(error.partial_body()), || {
            format!(
                "{what}: the error holds {} bytes that are no beginning of it",
                error.partial_body().len()
            )
        })?;
    }
    Ok(())
}
