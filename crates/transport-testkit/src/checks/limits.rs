//! How much is read. Time is looked at by the faults.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use your_moms_core::{Cause, Delivery};

use super::{Bench, Check, ensure, expect_status, get, settings};
use crate::server::Server;

pub(super) const SIZE: Check = Check {
    name: "size-limit",
    reason: "a response without a limit eats all memory; one at the limit is still a response",
    mend: "count the bytes of the body while reading, and give up with TooLarge at the first beyond the limit",
    run: size_limit,
};

pub(super) const READS_NO_MORE: Check = Check {
    name: "reads-no-more-than-the-limit",
    reason: "a limit that is looked at when all is read is none",
    mend: "read the body in pieces; do not collect it first",
    run: reads_no_more,
};

pub(super) const USUAL_HEAD: Check = Check {
    name: "usual-head",
    reason: "gateways add headers: a limit on the head must leave room for them",
    mend: "allow at least 50 header lines and 16 KiB",
    run: usual_head,
};

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
            let answer = bench.open().call(get(&server));
            let what = format!("a body ({framing}) of {length} bytes with a limit of {limit}");
            if length <= limit {
                expect_status(&what, &answer, 200)?;
                ensure(answer.is_ok_and(|response| response.body().len() == length), || {
                    format!("{what} came back cut")
                })?;
            } else {
                let Err(error) = answer else { return Err(format!("{what} came back Ok")) };
                let right = error.cause() == Cause::TooLarge && error.delivery() != Delivery::NotSent;
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
    let answer = bench.open().call(get(&server));
    drop(server.finish());
    let taken = taken.load(Ordering::SeqCst);
    ensure(answer.is_err(), || format!("a body without end came back Ok after {taken} bytes"))?;
    ensure(taken < BUFFERED, || {
        format!("{taken} bytes were read with a limit of {}", settings().limits.response_bytes)
    })
}

fn usual_head(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            let lines = (0..50).map(|number| format!("x-{number}: {}", "a".repeat(300)));
            let lines = lines.collect::<Vec<_>>().join(
                "
",
            );
            wire.write(format!("HTTP/1.1 200 OK\r\n{lines}\r\n\r\n"));
        }
    });
    let answer = bench.open().call(get(&server));
    expect_status("50 header lines of 300 bytes", &answer, 200)?;
    let kept = answer.map(|response| response.headers().len()).unwrap_or_default();
    ensure(kept == 50, || format!("{kept} of 50 header lines were kept"))
}
