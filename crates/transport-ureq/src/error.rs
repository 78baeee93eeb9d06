//! ureq's errors as ours. Nothing of theirs is kept but an [`io::ErrorKind`]: some of their texts show URLs and header
//! values.

use std::io::{self, ErrorKind};

use http::StatusCode;
use ureq::Error;
use your_moms_core::{Cause, Delivery, TransportError};

/// How a request went; decides what a failure to connect means.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) tls: bool,
    pub(crate) proxied: bool,
}

/// There was no response head.
pub(crate) fn before_answer(error: &Error, sent: bool, route: Route) -> TransportError {
    let (delivery, cause) = if sent {
        (Delivery::Unknown, exchange_cause(error))
    } else {
        (Delivery::NotSent, connect_cause(error, route))
    };
    with_kind(TransportError::new(delivery, cause), error)
}

/// There was a response head, and the body failed.
pub(crate) fn in_answer(error: &Error, status: StatusCode) -> TransportError {
    with_kind(TransportError::new(Delivery::Answered { status }, exchange_cause(error)), error)
}

fn connect_cause(error: &Error, route: Route) -> Cause {
    match error {
        Error::Timeout(_) => Cause::Timeout,
        Error::Http(_) | Error::BadUri(_) | Error::RequireHttpsOnly(_) => Cause::InvalidRequest,
        Error::Protocol(_) if !route.proxied => Cause::InvalidRequest,
        // A handshake that fails for a reason of TLS; with a proxy it is the one with the host behind it.
        Error::Io(io) if io.kind() == ErrorKind::InvalidData => Cause::Tls,
        Error::Tls(_) | Error::TlsRequired => Cause::Tls,
        _ if route.proxied => Cause::Proxy,
        Error::HostNotFound => Cause::Dns,
        Error::Io(io) if !route.tls || never_opened(io.kind()) => Cause::Connect,
        Error::ConnectionFailed => Cause::Connect,
        _ => Cause::Tls,
    }
}

/// Kinds that only the opening of a TCP connection ends with.
fn never_opened(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::AddrNotAvailable
            | ErrorKind::PermissionDenied
            | ErrorKind::TimedOut
    )
}

fn exchange_cause(error: &Error) -> Cause {
    match error {
        Error::Timeout(_) => Cause::Timeout,
        Error::LargeResponseHeader(..) | Error::BodyExceedsLimit(_) => Cause::TooLarge,
        // The type of this error has no public name.
        Error::Protocol(error) if error.to_string() == "http parse resulted in too many headers" => {
            Cause::TooLarge
        }
        // A TLS alert, as for a client certificate that was wanted.
        Error::Io(io) if io.kind() == ErrorKind::InvalidData => Cause::Tls,
        Error::Io(_) => Cause::Lost,
        _ => Cause::Protocol,
    }
}

fn with_kind(mapped: TransportError, error: &Error) -> TransportError {
    match error {
        Error::Io(io) => mapped.with_source(io::Error::from(io.kind())),
        _ => mapped,
    }
}
