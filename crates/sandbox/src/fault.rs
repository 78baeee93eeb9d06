//! Things that go wrong between a client and the platform, on request.

use std::fmt;
use std::time::Duration;

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};

use crate::answer::Refusal;

/// One mishap; [`Sandbox::fail_next`](crate::Sandbox::fail_next) arms it for the next request of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Answer with this status and do nothing else.
    Status {
        /// The status, such as 503.
        status: StatusCode,
        /// What to say in `Retry-After`, in whole seconds.
        retry_after: Option<Duration>,
    },
    /// Do the work, and answer only after this long. In-process nobody waits: the caller's time limit has passed at once.
    Delay(Duration),
    /// End the connection without an answer.
    Reset(Moment),
    /// Do the work, and break off in the middle of the answer's body.
    TruncatedBody,
    /// Do the work, and answer with a page of HTML under the same status, as a proxy on the way might.
    BrokenBody,
}

/// How far the platform gets before the connection is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Nothing is done.
    Before,
    /// Creating an instance spends the code and stores nothing. For any other call nothing is done.
    While,
    /// Everything is done; an instance is created, and its token is lost with the answer.
    After,
}

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

pub(crate) fn refused(
    status: StatusCode,
    retry_after: Option<Duration>,
    request_id: &str,
) -> Response<Vec<u8>> {
    let refusal = Refusal::new(status, "The sandbox was told to fail this request.");
    let refusal = match retry_after {
        Some(delay) => refusal.with_header(RETRY_AFTER, HeaderValue::from(delay.as_secs())),
        None => refusal,
    };
    refusal.into_response(request_id)
}

pub(crate) fn broken(response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let (mut head, _) = response.into_parts();
    head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    Response::from_parts(head, b"<html><body>The gateway lost the answer.</body></html>".to_vec())
}
