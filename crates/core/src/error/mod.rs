//! What can go wrong, one file a stage: building a request, carrying it, reading the response, reading a redirect. Errors
//! know no operation and no client; they are values that the floors above fill in.
//!
//! `Display` names the stage, [`source`](std::error::Error::source) the cause; a text never holds both, so that a printed
//! chain says nothing twice. No text holds a secret, nor anything the platform wrote.

mod build;
mod callback;
mod class;
mod names;
mod response;
mod transport;
mod untrusted;
mod url;
mod value;

pub use build::{BuildError, EntropyErrorKind, PathErrorKind};
pub use callback::{CallbackError, Denial, MalformedKind};
pub use class::ErrorClass;
pub use response::{ResponseError, ResponseErrorKind};
pub use transport::{Delivery, TransportError, TransportErrorKind};
pub use untrusted::UntrustedOauthUrl;
pub use url::UrlErrorKind;
pub use value::ValueErrorKind;

use std::time::Duration;

use http::StatusCode;
use thiserror::Error;

use names::names;

/// A call failed.
///
/// [`class`](Self::class) is what a program branches on; [`may_have_happened`](Self::may_have_happened) answers the question
/// of anyone whose `POST` failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built: nothing was sent.
    #[error("the request was not sent")]
    Build(#[from] BuildError),
    /// No complete response came back.
    #[error("no complete response came back")]
    Transport(#[from] TransportError),
    /// The platform responded, but not with what was asked for.
    #[error("the platform's response is not the one asked for")]
    Response(#[from] ResponseError),
    /// The platform's `oauthUrl` is not one to send a user to.
    #[error("the user must not be sent to the platform's oauthUrl")]
    Untrusted(#[from] UntrustedOauthUrl),
    /// More than one instance carries the marker of one creation, so nobody can say which is this user's.
    #[error(
        "more than one instance carries the marker of this creation: {}; compare and delete all but one",
        list(ids)
    )]
    Ambiguous {
        /// The ids of those instances.
        ids: Vec<u64>,
    },
    /// This creation was sent before, its outcome is unknown, and no instance of it shows. It is not sent again.
    #[error(
        "this creation was sent before and no instance of it shows yet; search for it again later, or list the instances"
    )]
    AlreadySent,
}

names!(Error:
    Build = "build",
    Transport = "transport",
    Response = "response",
    Untrusted = "untrusted",
    Ambiguous = "ambiguous",
    AlreadySent = "already-sent",
);

impl Error {
    /// What the error means to a program.
    pub fn class(&self) -> ErrorClass {
        ErrorClass::of(self)
    }

    /// Whether the platform may have done what the call asked.
    ///
    /// `false` is certain: nothing was made. (A code that a refused creation carried may be spent all the same.) It takes
    /// a request that was not sent, or the platform's own refusal; a gateway's 4xx says nothing about what the platform did.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Build(_) => false,
            Self::Transport(error) => error.may_have_happened(),
            Self::Response(error) => error.may_have_happened(),
            Self::Untrusted(_) | Self::Ambiguous { .. } | Self::AlreadySent => true,
        }
    }

    /// This attempt says what happened to it; of an earlier one of the same call that is unknown.
    pub(crate) fn after_unknown(mut self) -> Self {
        match &mut self {
            Self::Transport(error) => error.set_after_unknown(),
            Self::Response(error) => error.set_after_unknown(),
            _ => {}
        }
        self
    }

    /// How long the platform asks to wait before the next request (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Response(error) => error.retry_after(),
            _ => None,
        }
    }

    /// The name under which the platform's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Response(error) => error.request_id(),
            _ => None,
        }
    }

    /// The status of the response, if one came, or at least its head.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Response(error) => Some(error.status()),
            Self::Transport(error) => match error.delivery() {
                Delivery::ResponseStarted { status } => Some(status),
                _ => None,
            },
            _ => None,
        }
    }
}

fn list(ids: &[u64]) -> String {
    ids.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}
