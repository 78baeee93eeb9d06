//! The request leaves, and no response head comes back: nobody can tell whether it was acted on.

use your_moms_core::Cause;

use super::{FLOOD, UNKNOWN, after_request, answering};
use crate::fault::{Fault, Scene};
use crate::request::ANSWER;
use crate::server::Server;
use crate::wire::Wire;

/// What is not HTTP. A transport may see a connection that ends without an answer in it.
const NOT_HTTP: &[Cause] = &[Cause::Protocol, Cause::Lost];
/// A head without end runs into a limit, of size or of time.
const TOO_MUCH: &[Cause] = &[Cause::TooLarge, Cause::Protocol, Cause::Timeout];

pub(super) const FAULTS: &[Fault] = &[
    fault("closed-before-reading", &[Cause::Lost], || Scene::at(Server::plain(|_| ()))),
    fault("reset-before-reading", &[Cause::Lost], || {
        Scene::at(Server::plain(|wire| {
            wire.wait_for_input();
            wire.reset();
        }))
    }),
    fault("closed-after-request", &[Cause::Lost], || after_request(|_| ())),
    fault("reset-after-request", &[Cause::Lost], || after_request(Wire::reset)),
    fault("silent-after-request", &[Cause::Timeout], || after_request(Wire::hold).hasty()),
    fault("head-cut", &[Cause::Lost, Cause::Protocol], || {
        answering(format!("HTTP/1.1 200 OK\r\nlocation: /{ANSWER}"))
    }),
    fault("head-reset", &[Cause::Lost], || {
        after_request(|wire| {
            wire.write("HTTP/1.1 200 OK\r\nx-a: ");
            wire.reset();
        })
    }),
    fault("head-drips", &[Cause::Timeout], || {
        after_request(|wire| {
            wire.write("HTTP/1.1 200 OK\r\nx-a: ");
            wire.drip("a");
        })
        .hasty()
    }),
    fault("header-lines-without-end", TOO_MUCH, || {
        after_request(|wire| {
            wire.write("HTTP/1.1 200 OK\r\n");
            wire.flood("x-a: b\r\n".repeat(64), FLOOD);
            wire.hold();
        })
        .hasty()
    }),
    fault("header-line-without-end", TOO_MUCH, || {
        after_request(|wire| {
            wire.write("HTTP/1.1 200 OK\r\nx-a: ");
            wire.flood("a".repeat(1024), FLOOD);
            wire.hold();
        })
        .hasty()
    }),
    fault("too-many-headers", TOO_MUCH, || {
        answering(format!("HTTP/1.1 200 OK\r\n{}content-length: 0\r\n\r\n", "x-a: b\r\n".repeat(20_000)))
    }),
    fault("interim-answers-without-end", TOO_MUCH, || {
        after_request(|wire| {
            wire.flood("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(16), FLOOD);
            wire.hold();
        })
        .hasty()
    }),
    fault("interim-answers-drip", TOO_MUCH, || {
        after_request(|wire| wire.drip("HTTP/1.1 103 Early Hints\r\n\r\n")).hasty()
    }),
    fault("garbage", NOT_HTTP, || answering(format!("\x01\x02\x03 {ANSWER}\r\n\r\n"))),
    fault("answer-of-another-protocol", NOT_HTTP, || answering("SSH-2.0-OpenSSH_9.6\r\n\r\n")),
    fault("http2-frames-unasked", NOT_HTTP, || answering(crate::http2::greeting())),
    fault("status-is-no-number", NOT_HTTP, || {
        answering(format!("HTTP/1.1 2OO {ANSWER}\r\ncontent-length: 0\r\n\r\n"))
    }),
    fault("header-without-colon", NOT_HTTP, || {
        answering(format!("HTTP/1.1 200 OK\r\n{ANSWER}\r\ncontent-length: 0\r\n\r\n"))
    }),
    fault("content-length-is-no-number", NOT_HTTP, || {
        answering(format!("HTTP/1.1 200 OK\r\ncontent-length: {ANSWER}\r\n\r\n{{}}"))
    }),
    fault("content-length-is-negative", NOT_HTTP, || {
        answering("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}")
    }),
    fault("two-content-lengths", NOT_HTTP, || {
        answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}")
    }),
    // A client that reads while it sends gets the answer; one that sends first cannot, as nobody reads.
    Fault {
        name: "answer-during-upload",
        deliveries: UNKNOWN,
        causes: &[Cause::Timeout],
        answer: Some(413),
        scene: || {
            uploading(|wire| {
                wire.write("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n");
                wire.wait_for_end();
            })
        },
    },
    fault("nobody-reads-upload", &[Cause::Timeout], || uploading(|wire| wire.wait_for_end())),
];

/// A server that reads a head, with a body behind it that no buffer takes as a whole, and does as `script` says.
fn uploading(script: impl Fn(&mut Wire) + Send + Sync + 'static) -> Scene {
    let mut scene = Scene::at(Server::plain(move |wire| {
        if wire.read_until(|read| read.contains("\r\n\r\n")).is_some() {
            script(wire);
        }
    }))
    .hasty();
    scene.upload = Some(32 << 20);
    scene
}

const fn fault(name: &'static str, causes: &'static [Cause], scene: fn() -> Scene) -> Fault {
    Fault { name, deliveries: UNKNOWN, causes, answer: None, scene }
}
