//! The platform responded, but not with what was asked for.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Response, StatusCode, header};
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;
use zeroize::Zeroizing;

use super::names::names;

/// The headers in which platforms and gateways name a request, the platform's own first.
const REQUEST_ID_HEADERS: [&str; 2] = ["elements-request-id", "x-request-id"];

/// The response is not the one asked for.
///
/// What the platform wrote is behind accessors and in no text of ours: it can repeat what was sent.
pub struct ResponseError(Box<Inner>);

struct Inner {
    status: StatusCode,
    kind: ResponseErrorKind,
    /// Wiped on drop: it may hold a token.
    body: Zeroizing<Vec<u8>>,
    payload: Payload,
    retry_after: Option<Duration>,
    from_platform: bool,
    after_unknown: bool,
}

/// What is wrong with a response.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// The status says no (4xx, 5xx, or anything else that is neither success nor redirect).
    #[error("the platform refused the request")]
    Refused,
    /// The status is a redirect. None is followed: it would hand secrets to wherever it points.
    #[error("the platform redirected the request, and redirects are not followed; check the base URL")]
    Redirected,
    /// The status says success and the body is not what it should be. The body is kept: see [`ResponseError::body`].
    #[error("the body cannot be read, at line {line} column {column}")]
    Unreadable {
        /// Line of the mistake, from 1; 0 where it has no place.
        line: usize,
        /// Column of the mistake in bytes, from 1; 0 where it has no place.
        column: usize,
    },
}

names!(ResponseErrorKind:
    Refused = "refused",
    Redirected = "redirected",
    Unreadable = "unreadable",
);

impl ResponseError {
    pub(crate) fn new(response: &Response<&[u8]>, kind: ResponseErrorKind) -> Self {
        let body = Zeroizing::new(response.body().to_vec());
        let mut payload =
            if kind == ResponseErrorKind::Refused { Payload::read(&body) } else { Payload::default() };
        let from_platform = payload.request_id.as_deref().is_some_and(is_platform_request_id);
        payload.request_id = payload.request_id.or_else(|| request_id(response.headers()));
        let retry_after = retry_after(response.headers());
        let status = response.status();
        Self(Box::new(Inner {
            status,
            kind,
            body,
            payload,
            retry_after,
            from_platform,
            after_unknown: false,
        }))
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What is wrong.
    pub fn kind(&self) -> &ResponseErrorKind {
        &self.0.kind
    }

    /// The body as it came. It can hold secrets: after a creation whose response could not be read, the instance token is
    /// in here and nowhere else.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The platform's own explanation (`message`). Missing configuration entries are named here.
    pub fn message(&self) -> Option<&str> {
        self.0.payload.message.as_deref()
    }

    /// What the provider told the platform (`providerMessage`).
    pub fn provider_message(&self) -> Option<&str> {
        self.0.payload.provider_message.as_deref()
    }

    /// The name under which the platform's support finds the request: `requestId` of the body, or a header's.
    pub fn request_id(&self) -> Option<&str> {
        self.0.payload.request_id.as_deref()
    }

    /// How long the response asks to wait (`Retry-After`, RFC 9110 §10.2.3). A date is compared with the response's own
    /// `Date`: there is no clock here, and the server's may be wrong.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the platform itself has refused, and not a gateway in front of it: its refusals are JSON objects with a
    /// `requestId` of 24 hexadecimal digits.
    pub fn is_from_platform(&self) -> bool {
        self.0.from_platform
    }

    /// The outcome of an earlier attempt of the same call is unknown, whatever this one says.
    pub(crate) fn set_after_unknown(&mut self) {
        self.0.after_unknown = true;
    }

    /// Whether the platform may have acted. Only its own 4xx is a decision not to; 408 may be sent while it works.
    pub(super) fn may_have_happened(&self) -> bool {
        let decided = self.0.status.is_client_error() && self.0.status != StatusCode::REQUEST_TIMEOUT;
        self.0.after_unknown || !(decided && self.0.from_platform)
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (status {})", self.0.kind, self.0.status.as_u16())
    }
}

impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseError")
            .field("status", &self.0.status)
            .field("kind", &self.0.kind)
            .field("body", &format_args!("{} bytes", self.0.body.len()))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ResponseError {}

/// What the platform says of a refusal; every member is optional, and the whole is missing when a gateway responds.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Payload {
    #[serde(deserialize_with = "text")]
    message: Option<String>,
    #[serde(deserialize_with = "text")]
    provider_message: Option<String>,
    #[serde(deserialize_with = "text")]
    request_id: Option<String>,
}

impl Payload {
    fn read(body: &[u8]) -> Self {
        // An array would be read as the members in their order.
        let is_object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        if is_object { serde_json::from_slice(body).unwrap_or_default() } else { Self::default() }
    }
}

/// Text that is not empty; a member of another type counts as missing.
fn text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Value::deserialize(deserializer).map(|value| match value {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    })
}

fn is_platform_request_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    REQUEST_ID_HEADERS.iter().find_map(|name| Some(headers.get(*name)?.to_str().ok()?.to_owned()))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number can hold is longer than any cap.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(headers.get(header::DATE)?.to_str().ok()?).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}
