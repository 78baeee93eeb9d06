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
    /// The head of this response arrives, and its body byte by byte.
    Drip {
        /// How long each byte takes.
        every: Duration,
        /// What arrives.
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
        self.response().map(Response::status)
    }

    /// The response that arrives, or the one that begins to.
    pub(crate) fn response(&self) -> Option<&Response<Vec<u8>>> {
        match self {
            Self::Whole(response)
            | Self::Late { response, .. }
            | Self::Drip { response, .. }
            | Self::Cut(response) => Some(response),
            Self::Reset => None,
        }
    }
}

impl Reply {
    pub(crate) fn response_mut(&mut self) -> Option<&mut Response<Vec<u8>>> {
        match self {
            Self::Whole(response)
            | Self::Late { response, .. }
            | Self::Drip { response, .. }
            | Self::Cut(response) => Some(response),
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
            Self::Drip { every, response } => {
                f.debug_tuple("Drip").field(every).field(&response.status()).finish()
            }
            Self::Cut(response) => f.debug_tuple("Cut").field(&response.status()).finish(),
            Self::Reset => f.write_str("Reset"),
        }
    }
}
