//! The request leaves, and no response head comes back: nobody can tell whether it was acted on.

use your_moms_core::TransportErrorKind;

use super::{FLOOD, UNKNOWN, after_request, responding};
use crate::fault::{Fault, Scene};
use crate::request::RESPONSE;
use crate::server::Server;
use crate::wire::Wire;

/// What is not HTTP. A transport may take it for a connection that ends without a response.
const NOT_HTTP: &[TransportErrorKind] = &[TransportErrorKind::Protocol, TransportErrorKind::Lost];
/// A head without end runs into a limit, of size or of time.
const TOO_MUCH: &[TransportErrorKind] =
    &[TransportErrorKind::TooLarge, TransportErrorKind::Protocol, TransportErrorKind::Timeout];

pub(super) const FAULTS: &[Fault] = &[
    fault("closed-before-reading", &[TransportErrorKind::Lost], || Scene::at(Server::plain(|_| ()))),
    fault("reset-before-reading", &[TransportErrorKind::Lost], || {
        Scene::at(Server::plain(|wire| {
            wire.wait_for_input();
            wire.reset();
        }))
    }),
    fault("closed-after-request", &[TransportErrorKind::Lost], || after_request(|_| ())),
    fault("reset-after-request", &[TransportErrorKind::Lost], || after_request(Wire::reset)),
    fault("silent-after-request", &[TransportErrorKind::Timeout], || after_request(Wire::hold).hasty()),
    fault("head-cut", &[TransportErrorKind::Lost, TransportErrorKind::Protocol], || {
        responding(format!("HTTP/1.1 200 OK\r\nlocation: /{RESPONSE}"))
    }),
    fault("head-reset", &[TransportErrorKind::Lost], || {
        after_request(|wire| {
            wire.write("HTTP/1.1 200 OK\r\nx-a: ");
            wire.reset();
        })
    }),
    fault("head-drips", &[TransportErrorKind::Timeout], || {
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
        responding(format!("HTTP/1.1 200 OK\r\n{}content-length: 0\r\n\r\n", "x-a: b\r\n".repeat(20_000)))
    }),
    fault("interim-responses-without-end", TOO_MUCH, || {
        after_request(|wire| {
            // A client may skip all of them, and each costs it more time than a byte of a body does.
            wire.flood("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(16), FLOOD / 16);
            wire.hold();
        })
        .hasty()
    }),
    fault("interim-responses-drip", TOO_MUCH, || {
        after_request(|wire| wire.drip("HTTP/1.1 103 Early Hints\r\n\r\n")).hasty()
    }),
    fault("garbage", NOT_HTTP, || responding(format!("\x01\x02\x03 {RESPONSE}\r\n\r\n"))),
    fault("response-of-another-protocol", NOT_HTTP, || responding("SSH-2.0-OpenSSH_9.6\r\n\r\n")),
    fault("http2-frames-unasked", NOT_HTTP, || responding(crate::http2::greeting())),
    fault("status-is-no-number", NOT_HTTP, || {
        responding(format!("HTTP/1.1 2OO {RESPONSE}\r\ncontent-length: 0\r\n\r\n"))
    }),
    fault("header-without-colon", NOT_HTTP, || {
        responding(format!("HTTP/1.1 200 OK\r\n{RESPONSE}\r\ncontent-length: 0\r\n\r\n"))
    }),
    fault("content-length-is-no-number", NOT_HTTP, || {
        responding(format!("HTTP/1.1 200 OK\r\ncontent-length: {RESPONSE}\r\n\r\n{{}}"))
    }),
    fault("content-length-is-negative", NOT_HTTP, || {
        responding("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}")
    }),
    fault("two-content-lengths", NOT_HTTP, || {
        responding("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}")
    }),
    // A client that reads while it sends gets the response; one that sends first cannot, as nobody reads.
    Fault {
        name: "response-during-upload",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Timeout],
        response: Some(413),
        scene: || {
            uploading(|wire| {
                wire.write("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n");
                wire.wait_for_end();
            })
        },
    },
    fault("nobody-reads-upload", &[TransportErrorKind::Timeout], || uploading(|wire| wire.wait_for_end())),
];

/// A server that reads the head of a request whose body fits in no buffer, and does as `script` says.
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

const fn fault(name: &'static str, kinds: &'static [TransportErrorKind], scene: fn() -> Scene) -> Fault {
    Fault { name, deliveries: UNKNOWN, kinds, response: None, scene }
}
