//! Faults of HTTP/2. A transport that does not speak it comes over HTTP/1 and is not affected.

use your_moms_core::TransportErrorKind;

use super::{RESPONSE_STARTED, UNKNOWN};
use crate::certificates;
use crate::fault::{Fault, Scene};
use crate::http2;
use crate::server::Server;
use crate::wire::Wire;

/// What a client over HTTP/1 gets.
const NO_HTTP2: Option<u16> = Some(505);

pub(super) const FAULTS: &[Fault] = &[
    // Both invite a client to send once more (RFC 9113 §8.7). The contract leaves that to the caller.
    Fault {
        name: "http2-stream-refused",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Lost, TransportErrorKind::Protocol],
        response: NO_HTTP2,
        scene: || responding(http2::reset_stream(http2::REFUSED_STREAM)),
    },
    Fault {
        name: "http2-goes-away",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Lost, TransportErrorKind::Protocol],
        response: NO_HTTP2,
        scene: || responding(http2::go_away(http2::NO_ERROR)),
    },
    Fault {
        name: "http2-stream-reset",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Lost, TransportErrorKind::Protocol],
        response: NO_HTTP2,
        scene: || responding(http2::reset_stream(http2::INTERNAL_ERROR)),
    },
    Fault {
        name: "http2-closed-after-request",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Lost],
        response: NO_HTTP2,
        scene: || after_request(|_| ()),
    },
    Fault {
        name: "http2-silent-after-request",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Timeout],
        response: NO_HTTP2,
        scene: || after_request(Wire::hold).hasty(),
    },
    Fault {
        name: "http2-body-reset",
        deliveries: RESPONSE_STARTED,
        kinds: &[TransportErrorKind::Lost, TransportErrorKind::Protocol],
        response: NO_HTTP2,
        scene: || {
            responding(
                [http2::ok_head(), http2::data(b"half"), http2::reset_stream(http2::INTERNAL_ERROR)].concat(),
            )
        },
    },
    Fault {
        name: "http2-body-stalls",
        deliveries: RESPONSE_STARTED,
        kinds: &[TransportErrorKind::Timeout],
        response: NO_HTTP2,
        scene: || {
            after_request(|wire| {
                wire.write([http2::ok_head(), http2::data(b"half")].concat());
                wire.hold();
            })
            .hasty()
        },
    },
];

/// A server that greets over HTTP/2, reads a request, and does as `script` says.
fn after_request(script: impl Fn(&mut Wire) + Send + Sync + 'static) -> Scene {
    Scene::at(Server::tls(certificates::with_http2(), move |wire| {
        if serve_http2(wire) {
            script(wire);
        }
    }))
}

/// As [`after_request`], with a response of these frames.
fn responding(frames: Vec<u8>) -> Scene {
    after_request(move |wire| {
        wire.write(&frames);
    })
}

/// Reads a request over HTTP/2. Turns a client away that speaks HTTP/1, and returns `false`.
pub(crate) fn serve_http2(wire: &mut Wire) -> bool {
    // Reading ends the handshake, and only then is the protocol known.
    if wire.read_until(|read| !read.bytes().is_empty()).is_none() {
        return false;
    }
    if !wire.speaks_http2() {
        if wire.request().is_some() {
            wire.write("HTTP/1.1 505 HTTP Version Not Supported\r\ncontent-length: 0\r\n\r\n");
        }
        return false;
    }
    wire.write(http2::greeting());
    wire.read_until(|read| http2::frames(read.bytes()).any(http2::Frame::ends_request)).is_some()
}
