//! The platform answered, but not with what was asked for.

use std::fmt;

use http::{Response, StatusCode};
use serde_json::{Map, Value};
use thiserror::Error;
use zeroize::Zeroizing;

/// The answer is not the one asked for.
///
/// What the platform wrote is behind accessors and in no text of ours: it can repeat what was sent.
pub struct ResponseError(Box<Inner>);

struct Inner {
    status: StatusCode,
    kind: ResponseErrorKind,
    /// Wiped on drop: it may hold a token.
    body: Zeroizing<Vec<u8>>,
    payload: Payload,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// The status says no (4xx, 5xx, or anything else that is neither success nor redirect).
    #[error("the platform refused the call")]
    Refused,
    /// The status is a redirect. None is followed: it would hand secrets to wherever it points.
    #[error("the platform redirected the call, and a redirect is not followed; check the base URL")]
    Redirected,
    /// The status says success and the body is not what it should be. The body is kept: see [`ResponseError::body`].
    #[error("the body cannot be read, at line {line} column {column}")]
    Unreadable {
        /// Line of the fault, from 1; 0 where it has no place.
        line: usize,
        /// Column of the fault in bytes, from 1; 0 where it has no place.
        column: usize,
    },
    /// The `oauthUrl` is not one to send a user to.
    #[error("the oauthUrl {fault}")]
    Untrusted {
        /// What is wrong with it.
        fault: &'static str,
    },
}

impl ResponseErrorKind {
    /// The name of every kind of error, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 4] = ["refused", "redirected", "unreadable", "untrusted"];

    /// The kind of error's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(&self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [refused, redirected, unreadable, untrusted] = Self::NAMES;
        match self {
            Self::Refused => refused,
            Self::Redirected => redirected,
            Self::Unreadable { .. } => unreadable,
            Self::Untrusted { .. } => untrusted,
        }
    }
}

impl ResponseError {
    pub(crate) fn new(response: &Response<&[u8]>, kind: ResponseErrorKind) -> Self {
        let body = Zeroizing::new(response.body().to_vec());
        let payload =
            if kind == ResponseErrorKind::Refused { Payload::read(&body) } else { Payload::default() };
        Self(Box::new(Inner { status: response.status(), kind, body, payload }))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What is wrong.
    pub fn kind(&self) -> &ResponseErrorKind {
        &self.0.kind
    }

    /// The body as it came. It can hold secrets: after a creation whose answer could not be read, the instance token is
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

    /// The name under which the platform's support finds the call (`requestId`).
    pub fn request_id(&self) -> Option<&str> {
        self.0.payload.request_id.as_deref()
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

/// What the platform says of a refusal; every member is optional, and the whole is absent when a proxy answers.
#[derive(Default)]
struct Payload {
    message: Option<String>,
    provider_message: Option<String>,
    request_id: Option<String>,
}

impl Payload {
    fn read(body: &[u8]) -> Self {
        let mut members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        let mut text = |name| match members.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        Self {
            message: text("message"),
            provider_message: text("providerMessage"),
            request_id: text("requestId"),
        }
    }
}

/// A 4xx is a decision not to act, but for 408, which a server may send while it works.
pub(super) fn may_have_happened(status: StatusCode) -> bool {
    !status.is_client_error() || status == StatusCode::REQUEST_TIMEOUT
}
