//! reqwest's errors as ours. Nothing of theirs is kept but an [`io::ErrorKind`]: their texts show URLs, reason phrases
//! and header values.

use std::error::Error as StdError;
use std::io;
use std::iter;

use http::StatusCode;
use your_moms_core::{Cause, Delivery, TransportError};

/// There was no response head.
pub(crate) fn before_answer(error: &reqwest::Error) -> TransportError {
    // `is_connect` first: reqwest calls a failed connection a failed request as well.
    if error.is_connect() {
        ours(Delivery::NotSent, connect_cause(error), error)
    } else if error.is_builder() {
        TransportError::new(Delivery::NotSent, Cause::InvalidRequest)
    } else {
        // Here invalid data is a TLS alert, as for a client certificate that was wanted: hyper has its own error for a
        // head that is not HTTP.
        let cause = match exchange_cause(error) {
            Cause::Lost if io_kind(error) == Some(io::ErrorKind::InvalidData) => Cause::Tls,
            cause => cause,
        };
        ours(Delivery::Unknown, cause, error)
    }
}

/// There was a response head, and the body failed.
pub(crate) fn in_answer(error: &reqwest::Error, status: StatusCode) -> TransportError {
    // Here invalid data is a chunk's: it comes from hyper as an I/O error.
    let cause = match exchange_cause(error) {
        Cause::Lost if io_kind(error).is_some_and(is_invalid) => Cause::Protocol,
        cause => cause,
    };
    ours(Delivery::Answered { status }, cause, error)
}

fn ours(delivery: Delivery, cause: Cause, error: &reqwest::Error) -> TransportError {
    let mapped = TransportError::new(delivery, cause);
    match io_kind(error) {
        Some(kind) => mapped.with_source(io::Error::from(kind)),
        None => mapped,
    }
}

fn connect_cause(error: &reqwest::Error) -> Cause {
    if error.is_timeout() {
        Cause::Timeout
    } else if is_tunnel(error) {
        Cause::Proxy
    } else if error.is_dns() {
        Cause::Dns
    } else if sources(error).any(|error| error.to_string() == "tcp connect error") {
        Cause::Connect
    } else {
        Cause::Tls
    }
}

fn exchange_cause(error: &reqwest::Error) -> Cause {
    let hyper = || sources(error).filter_map(|error| error.downcast_ref::<hyper::Error>());
    if error.is_timeout() {
        Cause::Timeout
    } else if hyper().any(is_too_large) {
        Cause::TooLarge
    } else if hyper().any(hyper::Error::is_parse) {
        Cause::Protocol
    } else if hyper().any(hyper::Error::is_user) {
        Cause::InvalidRequest
    } else {
        Cause::Lost
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
