//! What an error means to the program that gets it.

use http::StatusCode;

use super::names::names;
use super::{Error, ResponseError, ResponseErrorKind, TransportErrorKind};

/// What an error means to a program: what it would branch on. The status and the kind alone decide; see [`Error::class`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The request could not be built or sent as it is: the program or its settings are wrong.
    Invalid,
    /// The secrets or the token are not accepted (401). A deleted instance's token is one of those.
    Unauthorized,
    /// The platform or the provider does not allow it, or the instance is disabled (403).
    Forbidden,
    /// The resource does not exist (404, 410).
    NotFound,
    /// It conflicts with the current state (409).
    Conflict,
    /// The platform refused for another reason (any other 4xx or unexpected status); its message says why.
    Refused,
    /// Too many requests (429).
    RateLimited,
    /// A time limit passed, here or there (408, 504).
    TimedOut,
    /// The platform cannot respond at the moment (502, 503).
    Unavailable,
    /// The platform failed (any other 5xx).
    Failed,
    /// The response was a redirect (3xx): the base URL is wrong, or something stands between.
    Redirected,
    /// The status said success and the body could not be read.
    Unreadable,
    /// No connection could be opened.
    Unreachable,
    /// The connection broke, or what came back was not HTTP.
    Interrupted,
    /// The `oauthUrl` is not one to send a user to.
    Untrusted,
    /// More than one instance carries the marker of one creation.
    Ambiguous,
    /// The creation was sent before, its outcome is unknown and no instance of it shows.
    Unresolved,
}

names!(ErrorClass:
    Invalid = "invalid",
    Unauthorized = "unauthorized",
    Forbidden = "forbidden",
    NotFound = "not-found",
    Conflict = "conflict",
    Refused = "refused",
    RateLimited = "rate-limited",
    TimedOut = "timed-out",
    Unavailable = "unavailable",
    Failed = "failed",
    Redirected = "redirected",
    Unreadable = "unreadable",
    Unreachable = "unreachable",
    Interrupted = "interrupted",
    Untrusted = "untrusted",
    Ambiguous = "ambiguous",
    Unresolved = "unresolved",
);

impl ErrorClass {
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::Build(_) => Self::Invalid,
            Error::Transport(error) => Self::of_kind(error.kind()),
            Error::Response(error) => Self::of_response(error),
            Error::Untrusted(_) => Self::Untrusted,
            Error::Ambiguous { .. } => Self::Ambiguous,
            Error::AlreadySent => Self::Unresolved,
        }
    }

    fn of_kind(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::Timeout => Self::TimedOut,
            TransportErrorKind::InvalidRequest | TransportErrorKind::NoTls => Self::Invalid,
            TransportErrorKind::Dns
            | TransportErrorKind::Connect
            | TransportErrorKind::Tls
            | TransportErrorKind::Proxy => Self::Unreachable,
            TransportErrorKind::Lost
            | TransportErrorKind::Protocol
            | TransportErrorKind::TooLarge
            | TransportErrorKind::Other => Self::Interrupted,
        }
    }

    fn of_response(error: &ResponseError) -> Self {
        match (error.kind(), error.status()) {
            (ResponseErrorKind::Unreadable { .. }, _) => Self::Unreadable,
            (ResponseErrorKind::Redirected, _) => Self::Redirected,
            (ResponseErrorKind::Refused, status) => match status {
                StatusCode::UNAUTHORIZED => Self::Unauthorized,
                StatusCode::FORBIDDEN => Self::Forbidden,
                StatusCode::NOT_FOUND | StatusCode::GONE => Self::NotFound,
                StatusCode::CONFLICT => Self::Conflict,
                StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
                StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::TimedOut,
                StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
                status if status.is_server_error() => Self::Failed,
                _ => Self::Refused,
            },
        }
    }
}
