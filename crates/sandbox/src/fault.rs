//! Things that go wrong between a client and the platform, on request.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};

pub(crate) use armed::Faults;
pub use armed::{Armed, Times};
pub use reply::Reply;
pub use substitute::Substitute;
pub use text::FaultError;

use crate::behaviour::Behaviour;

mod armed;
mod forms;
mod reply;
mod span;
mod substitute;
mod text;
mod wrong_account;

/// One mishap, or a habit for one request. [`Sandbox::arm`](crate::Sandbox::arm) arms it for the requests of one call.
///
/// Its text, such as `reset-after`, `delay-2s` or `gateway-429-retry-7s-before`, is read back to the same value;
/// [`FORMS`](Self::FORMS) shows what is possible.
///
/// ```
/// use your_moms_sandbox::{Fault, Moment};
///
/// let fault: Fault = "reset-after".parse()?;
/// assert_eq!(fault, Fault::Reset(Moment::After));
/// assert_eq!(fault.to_string(), "reset-after");
/// # Ok::<(), your_moms_sandbox::FaultError>(())
/// ```
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
    /// Do the work, and let the body arrive byte by byte, each after this long. In-process there is no waiting: the
    /// caller's time limit has passed in the middle of the body.
    SlowDrip(Duration),
    /// Do the work, and respond with another instance of the same account, or with what that instance has at this path.
    /// It waits for a request about one instance while there is another.
    WrongAccount,
    /// [`Behaviour::ignores_filter`], for one request.
    IgnoresFilter,
    /// [`Behaviour::page_size`], for one request.
    SmallPages(usize),
    /// [`Behaviour::shows_after`], for one creation.
    ShowsLate(u32),
    /// [`Behaviour::strips_tags`], for one creation.
    StripsTags,
    /// [`Behaviour::masks_secrets`], for one response with instances.
    MasksSecrets,
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
    /// A stable name, such as `reset-before`, `gateway-429-after` or `truncated-body`: its text without times and counts.
    /// The journal shows it of a fault that was used.
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
            Self::SlowDrip(_) => "slow-drip".to_owned(),
            Self::WrongAccount => "wrong-account".to_owned(),
            Self::IgnoresFilter => "ignores-filter".to_owned(),
            Self::SmallPages(_) => "small-pages".to_owned(),
            Self::ShowsLate(_) => "shows-late".to_owned(),
            Self::StripsTags => "strips-tags".to_owned(),
            Self::MasksSecrets => "masks-secrets".to_owned(),
        }
    }

    /// How far the platform gets.
    pub(crate) fn moment(&self) -> Moment {
        match self {
            Self::Status { .. } => Moment::Before,
            Self::Instead { moment, .. } | Self::Reset(moment) => *moment,
            _ => Moment::After,
        }
    }

    /// The habits of the platform while it handles the request.
    pub(crate) fn habits(&self, usual: Behaviour) -> Behaviour {
        match self {
            Self::IgnoresFilter => Behaviour { ignores_filter: true, ..usual },
            Self::SmallPages(size) => Behaviour { page_size: Some(*size), ..usual },
            Self::ShowsLate(lists) => Behaviour { shows_after: *lists, ..usual },
            Self::StripsTags => Behaviour { strips_tags: true, ..usual },
            Self::MasksSecrets => Behaviour { masks_secrets: true, ..usual },
            _ => usual,
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
            (Self::SlowDrip(every), Some(response)) => Reply::Drip { every, response },
            (Self::Reset(_), _) | (_, None) => Reply::Reset,
            (_, Some(response)) => Reply::Whole(response),
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
