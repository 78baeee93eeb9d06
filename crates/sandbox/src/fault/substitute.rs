//! A response in place of the platform's: a gateway's, or the platform's own refusal.

use std::time::Duration;

use http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};
use serde_json::json;

use super::Reply;
use crate::response::{Refusal, json_response};

/// A response in place of the platform's.
///
/// Only the platform's own JSON has a `requestId`. A redirect (301, 302, 303, 307, 308) points to `/redirected` at the
/// sandbox itself: a client that follows it shows in the journal.
///
/// ```
/// use http::StatusCode;
/// use std::time::Duration;
/// use your_moms_sandbox::{Call, Fault, Moment, Sandbox, Substitute};
///
/// let mut sandbox = Sandbox::new(1);
/// let busy = Substitute::gateway(StatusCode::TOO_MANY_REQUESTS).with_retry_after(Duration::from_secs(7));
/// let fault = Fault::Instead { moment: Moment::After, substitute: busy };
/// assert_eq!(fault.name(), "gateway-429-after");
/// sandbox.fail_next(Call::CreateInstance, fault);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substitute {
    pub(super) status: StatusCode,
    pub(super) body: Body,
    pub(super) retry_after: Option<Duration>,
    pub(super) cut: bool,
    pub(super) late: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Own,
    Message,
    Html,
    Unreadable,
    Empty,
}

impl Body {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Message => "gateway",
            Self::Html => "gateway-html",
            Self::Unreadable => "gateway-unreadable",
            Self::Empty => "gateway-empty",
        }
    }
}

impl Substitute {
    /// The platform's own refusal: JSON with a `requestId` of 24 hex digits.
    pub fn own(status: StatusCode) -> Self {
        Self { status, body: Body::Own, retry_after: None, cut: false, late: None }
    }

    /// A gateway's response: `{"message": …}` without a `requestId`.
    pub fn gateway(status: StatusCode) -> Self {
        Self { body: Body::Message, ..Self::own(status) }
    }

    /// A gateway's page of HTML.
    pub fn gateway_html(status: StatusCode) -> Self {
        Self { body: Body::Html, ..Self::own(status) }
    }

    /// A gateway's response that calls itself JSON and is none.
    pub fn gateway_unreadable(status: StatusCode) -> Self {
        Self { body: Body::Unreadable, ..Self::own(status) }
    }

    /// A gateway's response with an empty body.
    pub fn gateway_empty(status: StatusCode) -> Self {
        Self { body: Body::Empty, ..Self::own(status) }
    }

    /// Adds `Retry-After`, in whole seconds; `None` takes it away.
    pub fn with_retry_after(self, delay: impl Into<Option<Duration>>) -> Self {
        Self { retry_after: delay.into(), ..self }
    }

    /// Breaks off in the middle of the body.
    pub fn cut(self) -> Self {
        Self { cut: true, ..self }
    }

    /// Arrives only after `delay`. In-process there is no waiting: the caller's time limit has passed at once.
    pub fn late(self, delay: Duration) -> Self {
        Self { late: Some(delay), ..self }
    }

    pub(super) fn name(&self) -> String {
        let body = self.body.name();
        let cut = if self.cut { "-cut" } else { "" };
        let late = if self.late.is_some() { "-late" } else { "" };
        format!("{body}-{}{cut}{late}", self.status.as_u16())
    }

    pub(super) fn reply(self, origin: &str, request_id: &str) -> Reply {
        let response = self.response(origin, request_id);
        match self.late {
            Some(after) => Reply::Late { after, response },
            None if self.cut => Reply::Cut(response),
            None => Reply::Whole(response),
        }
    }

    fn response(self, origin: &str, request_id: &str) -> Response<Vec<u8>> {
        let reason = self.status.canonical_reason().unwrap_or("Unknown");
        let mut response = match self.body {
            Body::Own => {
                let refusal = Refusal::new(self.status, "The sandbox was told to fail this request.");
                refusal.into_response(request_id)
            }
            Body::Message => json_response(&json!({ "message": reason })),
            Body::Unreadable => json_response(&json!({ "message": reason })).map(|mut body| {
                body.pop();
                body
            }),
            Body::Html => {
                let page = format!(
                    "<html><head><title>{status} {reason}</title></head><body><h1>{reason}</h1></body></html>\n",
                    status = self.status.as_u16()
                );
                let mut response = Response::new(page.into_bytes());
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
                response
            }
            Body::Empty => Response::new(Vec::new()),
        };
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.extend(self.retry_after.map(|delay| (RETRY_AFTER, HeaderValue::from(delay.as_secs()))));
        if matches!(self.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            let location = HeaderValue::try_from(format!("{origin}/redirected")).ok();
            headers.extend(location.map(|location| (LOCATION, location)));
        }
        response
    }
}
