//! The connection is established, and TLS fails afterwards.

use rustls::version::{TLS12, TLS13};
use your_moms_core::TransportErrorKind;

use super::{NOT_SENT, RESPONSE_STARTED, UNKNOWN};
use crate::certificates;
use crate::fault::{Fault, Scene};
use crate::server::Server;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "tls-1.2-client-certificate-required",
        deliveries: NOT_SENT,
        kinds: &[TransportErrorKind::Tls, TransportErrorKind::Lost],
        response: None,
        scene: || {
            Scene::at(Server::tls(certificates::requires_client_certificate(&TLS12), |wire| {
                drop(wire.request());
            }))
        },
    },
    // The client learns of it only after its first bytes are out.
    Fault {
        name: "tls-1.3-client-certificate-required",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Tls, TransportErrorKind::Lost],
        response: None,
        scene: || {
            Scene::at(Server::tls(certificates::requires_client_certificate(&TLS13), |wire| {
                drop(wire.request());
            }))
        },
    },
    Fault {
        name: "tls-cut-after-request",
        deliveries: UNKNOWN,
        kinds: &[TransportErrorKind::Lost],
        response: None,
        scene: || {
            Scene::at(Server::tls(certificates::good(), |wire| {
                let _ = wire.request();
                wire.cut();
            }))
        },
    },
    // Anyone on the way could have cut it: without TLS's `close_notify` the end of the connection is not the end of such a body.
    Fault {
        name: "tls-cut-in-body-without-length",
        deliveries: RESPONSE_STARTED,
        kinds: &[TransportErrorKind::Lost, TransportErrorKind::Tls],
        response: None,
        scene: || {
            Scene::at(Server::tls(certificates::good(), |wire| {
                let _ = wire.request();
                wire.write("HTTP/1.1 200 OK\r\n\r\nhalf an ans");
                wire.cut();
            }))
        },
    },
];
