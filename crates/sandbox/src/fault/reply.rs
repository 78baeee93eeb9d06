//! What arrives at the client.

use std::fmt;
use std::time::Duration;

use http::{Response, StatusCode};

/// What becomes of one request. `Debug` shows statuses only: a body may hold a token.
#[non_exhaustive]
pub enum Reply {
    /// The response arrives.
    Whole(Response<Vec<u8>>),
    /// The response arrives late.
    Late {
        /// How long it takes.
        after: Duration,
        /// What arrives then.
        response: Response<Vec<u8>>,
    },
    /// The head of this response arrives, and half of its body.
    Cut(Response<Vec<u8>>),
    /// Nothing arrives: the connection is reset.
    Reset,
}

impl Reply {
    /// The status of the response, if any of it arrives.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Whole(response) | Self::Late { response, .. } | Self::Cut(response) => {
                Some(response.status())
            }
            Self::Reset => None,
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(response) => f.debug_tuple("Whole").field(&response.status()).finish(),
            Self::Late { after, response } => {
                f.debug_tuple("Late").field(after).field(&response.status()).finish()
            }
            Self::Cut(response) => f.debug_tuple("Cut").field(&response.status()).finish(),
            Self::Reset => f.write_str("Reset"),
        }
    }
}
