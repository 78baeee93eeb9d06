//! reqwest's errors as ours. Nothing of theirs is kept but an [`io::ErrorKind`]: their texts show URLs, reason phrases
//! and header values.

use std::error::Error as StdError;
use std::io;
use std::iter;

use http::StatusCode;
use your_moms_core::{Delivery, TransportError, TransportErrorKind};

/// There was no response head.
pub(crate) fn before_response(error: &reqwest::Error) -> TransportError {
    // `is_connect` first: reqwest calls a failed connection a failed request as well.
    if error.is_connect() {
        ours(Delivery::NotSent, connect_kind(error), error)
    } else if error.is_builder() {
        TransportError::new(Delivery::NotSent, TransportErrorKind::InvalidRequest)
    } else {
        // Here invalid data is a TLS alert, as for a missing client certificate: hyper has its own error for a head that
        // is not HTTP.
        let kind = match exchange_kind(error) {
            TransportErrorKind::Lost if io_kind(error) == Some(io::ErrorKind::InvalidData) => {
                TransportErrorKind::Tls
            }
            kind => kind,
        };
        ours(Delivery::Unknown, kind, error)
    }
}

/// There was a response head, and the body failed.
pub(crate) fn in_response(error: &reqwest::Error, status: StatusCode) -> TransportError {
    // Here invalid data is a chunk's: it comes from hyper as an I/O error.
    let kind = match exchange_kind(error) {
        TransportErrorKind::Lost if io_kind(error).is_some_and(is_invalid) => TransportErrorKind::Protocol,
        kind => kind,
    };
    ours(Delivery::ResponseStarted { status }, kind, error)
}

fn ours(delivery: Delivery, kind: TransportErrorKind, error: &reqwest::Error) -> TransportError {
    let mapped = TransportError::new(delivery, kind);
    match io_kind(error) {
        Some(kind) => mapped.with_source(io::Error::from(kind)),
        None => mapped,
    }
}

fn connect_kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if is_tunnel(error) {
        TransportErrorKind::Proxy
    } else if error.is_dns() {
        TransportErrorKind::Dns
    } else if sources(error).any(|error| error.to_string() == "tcp connect error") {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Tls
    }
}

fn exchange_kind(error: &reqwest::Error) -> TransportErrorKind {
    let hyper = || sources(error).filter_map(|error| error.downcast_ref::<hyper::Error>());
    if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if hyper().any(is_too_large) {
        TransportErrorKind::TooLarge
    } else if hyper().any(hyper::Error::is_parse) {
        TransportErrorKind::Protocol
    } else if hyper().any(hyper::Error::is_user) {
        TransportErrorKind::InvalidRequest
    } else {
        TransportErrorKind::Lost
    }
}

/// The head has more lines than allowed, or more bytes than hyper's buffer. hyper tells so in words only: its method for
/// it is for servers.
fn is_too_large(error: &hyper::Error) -> bool {
    error.is_parse() && error.to_string() == "message head is too large"
}

fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    sources(error).filter_map(|error| error.downcast_ref::<io::Error>()).last().map(io::Error::kind)
}

fn sources(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    iter::successors(error.source(), |&error| error.source())
}

/// hyper-util's type for a failed tunnel has no public name.
fn is_tunnel(error: &reqwest::Error) -> bool {
    sources(error).any(|error| error.to_string().starts_with("tunnel error"))
}

fn is_invalid(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}
