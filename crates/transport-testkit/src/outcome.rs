//! How a call ended.

use std::fmt;

use your_moms_core::{Delivery, TransportErrorKind};

/// How a call ended that met a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A complete response with this status.
    Response(u16),
    /// The delivery and the kind of the error.
    Failed(Delivery, TransportErrorKind),
    /// The call did not end by itself, long after its time was up.
    Hung,
    /// The transport panicked.
    Panicked,
}

impl fmt::Display for Outcome {
    /// In a few words, as for a table: `ok 200`, `not-sent, dns`, `response 200, lost`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(status) => write!(f, "ok {status}"),
            Self::Failed(Delivery::ResponseStarted { status }, kind) => {
                write!(f, "response {}, {}", status.as_u16(), kind.name())
            }
            Self::Failed(delivery, kind) => write!(f, "{}, {}", delivery.name(), kind.name()),
            Self::Hung => f.write_str("hung"),
            Self::Panicked => f.write_str("panicked"),
        }
    }
}
