//! What can go wrong, by stage: building a request, carrying it, reading the response.
//!
//! `Display` names the stage, [`source`](std::error::Error::source) the cause; a text never holds both, so that a
//! printed chain says nothing twice. No text holds a secret, nor anything the platform wrote.

mod build;
mod response;

pub use build::BuildError;
pub use response::{ResponseError, ResponseErrorKind};

use thiserror::Error;

use crate::{Delivery, TransportError};

/// A call failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built: nothing was sent.
    #[error("the request was not sent")]
    Build(#[from] BuildError),
    /// No complete response came back.
    #[error("no complete answer came back")]
    Transport(#[from] TransportError),
    /// The platform answered, but not with what was asked for.
    #[error("the platform's answer is not the one asked for")]
    Response(#[from] ResponseError),
}

impl Error {
    /// The name of every stage, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 3] = ["build", "transport", "response"];

    /// The stage's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(&self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [build, transport, response] = Self::NAMES;
        match self {
            Self::Build(_) => build,
            Self::Transport(_) => transport,
            Self::Response(_) => response,
        }
    }

    /// Whether the platform may have done what the call asked.
    ///
    /// `false` is certain: nothing was made. (A code that a refused creation carried may be spent all the same.) After `true`, making an instance again could make a
    /// second one; look first whether the first is there.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Build(_) => false,
            Self::Transport(error) => match error.delivery() {
                Delivery::NotSent => false,
                Delivery::Answered { status } => response::may_have_happened(status),
                Delivery::Unknown => true,
            },
            Self::Response(error) => response::may_have_happened(error.status()),
        }
    }
}
