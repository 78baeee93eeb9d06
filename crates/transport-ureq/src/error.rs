//! ureq's errors as ours. Nothing of theirs is kept but an [`io::ErrorKind`]: some of their texts show URLs and header
//! values.

use std::io::{self, ErrorKind};

use http::StatusCode;
use ureq::Error;
use your_moms_core::{Delivery, TransportError, TransportErrorKind};

use crate::unversioned::Seen;

/// How a request went; decides what a failure to connect means.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) tls: bool,
    pub(crate) proxied: bool,
}

/// There was no response head.
pub(crate) fn before_response(error: &Error, seen: Seen, route: Route) -> TransportError {
    let (delivery, kind) = if seen == Seen::Unsent || seen == Seen::Nothing && is_refusal(error) {
        (Delivery::NotSent, connect_kind(error, route))
    } else {
        (Delivery::Unknown, exchange_kind(error))
    };
    with_kind(TransportError::new(delivery, kind), error)
}

/// There was a response head, and the body failed.
pub(crate) fn in_response(error: &Error, status: StatusCode) -> TransportError {
    with_kind(TransportError::new(Delivery::ResponseStarted { status }, exchange_kind(error)), error)
}

/// Errors that only a request ends with that ureq does not begin to send.
fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Http(_) | Error::BadUri(_) | Error::RequireHttpsOnly(_))
}

fn connect_kind(error: &Error, route: Route) -> TransportErrorKind {
    match error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        error if is_refusal(error) => TransportErrorKind::InvalidRequest,
        Error::Protocol(_) if !route.proxied => TransportErrorKind::InvalidRequest,
        // A handshake that fails for a reason of TLS; with a proxy it is the one with the host behind it.
        Error::Io(io) if io.kind() == ErrorKind::InvalidData => TransportErrorKind::Tls,
        Error::Tls(_) | Error::TlsRequired => TransportErrorKind::Tls,
        _ if route.proxied => TransportErrorKind::Proxy,
        Error::HostNotFound => TransportErrorKind::Dns,
        Error::Io(io) if !route.tls || never_opened(io.kind()) => TransportErrorKind::Connect,
        Error::ConnectionFailed => TransportErrorKind::Connect,
        _ => TransportErrorKind::Tls,
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

fn exchange_kind(error: &Error) -> TransportErrorKind {
    match error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::LargeResponseHeader(..) | Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        // The type of this error has no public name.
        Error::Protocol(error) if error.to_string() == "http parse resulted in too many headers" => {
            TransportErrorKind::TooLarge
        }
        // A TLS alert, as for a missing client certificate.
        Error::Io(io) if io.kind() == ErrorKind::InvalidData => TransportErrorKind::Tls,
        Error::Io(_) => TransportErrorKind::Lost,
        _ => TransportErrorKind::Protocol,
    }
}

fn with_kind(mapped: TransportError, error: &Error) -> TransportError {
    match error {
        Error::Io(io) => mapped.with_source(io::Error::from(io.kind())),
        _ => mapped,
    }
}
