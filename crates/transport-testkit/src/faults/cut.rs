//! The connection ends too early, where a client can take it for a proper end.

use your_moms_core::{Delivery, TransportErrorKind};

use super::{RESPONSE_STARTED, UNKNOWN, after_request, responding};
use crate::certificates;
use crate::fault::{Fault, Scene};
use crate::request::RESPONSE;
use crate::server::Server;

pub(super) const FAULTS: &[Fault] = &[
    fault("status-line-cut", UNKNOWN, || responding("HTTP/1.1 200")),
    fault("head-cut-after-status-line", UNKNOWN, || responding("HTTP/1.1 200 OK\r\n")),
    fault("head-cut-before-its-end", UNKNOWN, || {
        responding(format!("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-a: {RESPONSE}\r\n"))
    }),
    // Neither is a response: something else has to follow (RFC 9110 §15.2).
    fault("only-continue", UNKNOWN, || responding("HTTP/1.1 100 Continue\r\n\r\n")),
    fault("only-early-hints", UNKNOWN, || {
        after_request(|wire| {
            wire.write(format!("HTTP/1.1 103 Early Hints\r\nlink: </{RESPONSE}>\r\n\r\n"));
        })
    }),
    fault("tls-cut-in-head", UNKNOWN, || cut_in_tls("HTTP/1.1 200 OK\r\nx-a: b\r\n")),
    fault("tls-cut-in-body", RESPONSE_STARTED, || {
        cut_in_tls("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf an ans")
    }),
    fault("tls-cut-in-chunks", RESPONSE_STARTED, || {
        cut_in_tls("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nb\r\nhalf an ans\r\n")
    }),
];

const fn fault(name: &'static str, deliveries: &'static [Delivery], scene: fn() -> Scene) -> Fault {
    const KINDS: &[TransportErrorKind] =
        &[TransportErrorKind::Lost, TransportErrorKind::Protocol, TransportErrorKind::Tls];
    Fault { name, deliveries, kinds: KINDS, response: None, scene }
}

/// A TLS server that responds with these bytes, and then ends the connection without TLS's `close_notify`.
fn cut_in_tls(response: &'static str) -> Scene {
    Scene::at(Server::tls(certificates::good(), move |wire| {
        if wire.request().is_some() {
            wire.write(response);
            wire.cut();
        }
    }))
}
