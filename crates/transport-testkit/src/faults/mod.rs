//! Every fault, by how far a request gets.

pub(crate) mod advice;
mod cut;
mod maybe_sent;
mod not_sent;
mod over_http2;
mod over_tls;
mod response_started;

use http::StatusCode;
use your_moms_core::Delivery;

use crate::fault::{Fault, Scene};
use crate::server::Server;
use crate::wire::Wire;

pub(crate) use over_http2::serve_http2;
pub(crate) use response_started::bomb;

/// As good as endless: more than any limit, and more than all buffers on the way.
const FLOOD: usize = 16 << 20;

const NOT_SENT: &[Delivery] = &[Delivery::NotSent];
const UNKNOWN: &[Delivery] = &[Delivery::Unknown];
const RESPONSE_STARTED: &[Delivery] = &[Delivery::ResponseStarted { status: StatusCode::OK }];

/// All faults, in a fixed order.
pub(crate) fn all() -> impl Iterator<Item = &'static Fault> {
    [
        not_sent::FAULTS,
        over_tls::FAULTS,
        maybe_sent::FAULTS,
        cut::FAULTS,
        response_started::FAULTS,
        over_http2::FAULTS,
    ]
    .into_iter()
    .flatten()
}

/// A plain server that reads a request, does as `script` says, and closes.
fn after_request(script: impl Fn(&mut Wire) + Send + Sync + 'static) -> Scene {
    Scene::at(Server::plain(move |wire| {
        if wire.request().is_some() {
            script(wire);
        }
    }))
}

/// A plain server that responds to a request with these bytes, and closes.
fn responding(response: impl AsRef<[u8]> + Send + Sync + 'static) -> Scene {
    after_request(move |wire| {
        wire.write(&response);
    })
}
