//! The connection stands, and TLS fails afterwards.

use rustls::version::{TLS12, TLS13};
use your_moms_core::Cause;

use super::{ANSWERED, NOT_SENT, UNKNOWN};
use crate::certificates;
use crate::fault::{Fault, Scene};
use crate::server::Server;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "tls-1.2-client-certificate-wanted",
        deliveries: NOT_SENT,
        causes: &[Cause::Tls, Cause::Lost],
        answer: None,
        scene: || {
            Scene::at(Server::tls(certificates::wants_client_certificate(&TLS12), |wire| {
                drop(wire.request());
            }))
        },
    },
    // The client learns of it only after its first bytes are out.
    Fault {
        name: "tls-1.3-client-certificate-wanted",
        deliveries: UNKNOWN,
        causes: &[Cause::Tls, Cause::Lost],
        answer: None,
        scene: || {
            Scene::at(Server::tls(certificates::wants_client_certificate(&TLS13), |wire| {
                drop(wire.request());
            }))
        },
    },
    Fault {
        name: "tls-cut-after-request",
        deliveries: UNKNOWN,
        causes: &[Cause::Lost],
        answer: None,
        scene: || {
            Scene::at(Server::tls(certificates::good(), |wire| {
                let _ = wire.request();
                wire.cut();
            }))
        },
    },
    // Anyone on the way could have cut it: without TLS's goodbye the end of such a body is not its end.
    Fault {
        name: "tls-cut-in-body-without-length",
        deliveries: ANSWERED,
        causes: &[Cause::Lost, Cause::Tls],
        answer: None,
        scene: || {
            Scene::at(Server::tls(certificates::good(), |wire| {
                let _ = wire.request();
                wire.write("HTTP/1.1 200 OK\r\n\r\nhalf an ans");
                wire.cut();
            }))
        },
    },
];
