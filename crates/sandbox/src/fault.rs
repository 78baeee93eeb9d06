//! Things that go wrong between a client and the platform, on request.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};

pub use reply::Reply;
pub use substitute::Substitute;

mod reply;
mod substitute;

/// One mishap; [`Sandbox::fail_next`](crate::Sandbox::fail_next) arms it for the next request of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The platform refuses with this status and does nothing else: [`Substitute::own`] before the work.
    Status {
        /// The status, such as 503.
        status: StatusCode,
        /// What to say in `Retry-After`, in whole seconds.
        retry_after: Option<Duration>,
    },
    /// Another response arrives in place of the platform's.
    Instead {
        /// How far the platform gets.
        moment: Moment,
        /// What arrives.
        substitute: Substitute,
    },
    /// Do the work, and respond only after this long. In-process there is no waiting: the caller's time limit has passed
    /// at once.
    Delay(Duration),
    /// End the connection without a response.
    Reset(Moment),
    /// Do the work, and break off in the middle of the response's body.
    TruncatedBody,
    /// Do the work, and respond with a page of HTML under the same status, as a proxy on the way might.
    BrokenBody,
    /// Do the work, and respond with JSON that ends too early, under a `Content-Length` that is right.
    UnreadableBody,
}

/// How far the platform gets before something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Nothing is done.
    Before,
    /// Creating an instance, or authorizing it anew, spends the code and stores nothing. For any other call nothing is
    /// done.
    While,
    /// Everything is done; an instance is created, and its token is lost with the response.
    After,
}

impl Fault {
    /// A stable name, such as `reset-before`, `gateway-429-after` or `truncated-body`: what the journal shows of a fault
    /// that was used.
    pub fn name(&self) -> String {
        match self {
            Self::Status { status, retry_after } => {
                let substitute = Substitute::own(*status).with_retry_after(*retry_after);
                Self::Instead { moment: Moment::Before, substitute }.name()
            }
            Self::Instead { moment, substitute } => format!("{}-{}", substitute.name(), moment.name()),
            Self::Delay(_) => "delay".to_owned(),
            Self::Reset(moment) => format!("reset-{}", moment.name()),
            Self::TruncatedBody => "truncated-body".to_owned(),
            Self::BrokenBody => "broken-body".to_owned(),
            Self::UnreadableBody => "unreadable-body".to_owned(),
        }
    }

    /// How far the platform gets.
    pub(crate) fn moment(&self) -> Moment {
        match self {
            Self::Status { .. } => Moment::Before,
            Self::Instead { moment, .. } | Self::Reset(moment) => *moment,
            Self::Delay(_) | Self::TruncatedBody | Self::BrokenBody | Self::UnreadableBody => Moment::After,
        }
    }

    /// What becomes of the platform's `response`; there is none if it did not get that far.
    pub(crate) fn applied_to(
        self,
        response: Option<Response<Vec<u8>>>,
        origin: &str,
        request_id: &str,
    ) -> Reply {
        match (self, response) {
            (Self::Status { status, retry_after }, _) => {
                Substitute::own(status).with_retry_after(retry_after).reply(origin, request_id)
            }
            (Self::Instead { substitute, .. }, _) => substitute.reply(origin, request_id),
            (Self::Delay(after), Some(response)) => Reply::Late { after, response },
            (Self::TruncatedBody, Some(response)) => Reply::Cut(response),
            (Self::BrokenBody, Some(response)) => Reply::Whole(html(response)),
            (Self::UnreadableBody, Some(response)) => Reply::Whole(unreadable(response)),
            (Self::Reset(_), _) | (_, None) => Reply::Reset,
        }
    }
}

impl Moment {
    /// `before`, `while` or `after`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::While => "while",
            Self::After => "after",
        }
    }
}

fn html(response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let (mut head, _) = response.into_parts();
    head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    Response::from_parts(head, b"<html><body>The gateway lost the response.</body></html>".to_vec())
}

/// Half of a JSON text is never JSON, and of an empty body one brace is made.
fn unreadable(response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    response.map(|mut body| {
        body.truncate(body.len() / 2);
        if body.is_empty() { b"{".to_vec() } else { body }
    })
}
