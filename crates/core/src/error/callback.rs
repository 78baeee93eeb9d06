//! A redirect gives no code.

use std::fmt;

use thiserror::Error;

use super::names::names;

/// Why a redirect gives no code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CallbackError {
    /// The provider responded with an error: most often, the user denied (RFC 6749 §4.1.2.1).
    #[error("the provider did not grant access")]
    Denied(#[source] Denial),
    /// A parameter is missing or empty.
    #[error("the redirect has no `{0}`")]
    Missing(&'static str),
    /// A parameter that must come once came twice.
    #[error("the redirect has more than one `{0}`")]
    Duplicate(&'static str),
    /// The `state` is not the expected one: the redirect belongs to another authorization, or somebody forged it.
    #[error("the redirect's `state` is not the one this authorization was started with; start again")]
    StateMismatch,
    /// It is not a well-formed query.
    #[error("the redirect cannot be read: it {0}")]
    Malformed(MalformedKind),
    /// The authorization was started more than ten minutes ago, or later than now.
    #[error("the authorization was not started in the last ten minutes; start again")]
    Expired,
}

names!(CallbackError:
    Denied = "denied",
    Missing = "missing",
    Duplicate = "duplicate",
    StateMismatch = "state-mismatch",
    Malformed = "malformed",
    Expired = "expired",
);

/// What makes a redirect unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MalformedKind {
    /// A `code` and an `error`.
    #[error("has both a `code` and an `error`")]
    CodeAndError,
    /// A query of more than 16 KiB.
    #[error("is longer than 16 KiB")]
    TooLong,
    /// More than 64 parameters.
    #[error("has more than 64 parameters")]
    TooManyParameters,
    /// A code, token or verifier of more than 8 KiB.
    #[error("has a code longer than 8 KiB")]
    CodeTooLong,
    /// A control character in the code.
    #[error("has a control character in its code")]
    ControlCharacter,
    /// A `%` that begins no escape, or an escape of bytes that are not UTF-8.
    #[error("has a percent-escape that is not UTF-8 text")]
    Escape,
}

names!(MalformedKind:
    CodeAndError = "code-and-error",
    TooLong = "too-long",
    TooManyParameters = "too-many-parameters",
    CodeTooLong = "code-too-long",
    ControlCharacter = "control-character",
    Escape = "escape",
);

/// What the provider said in place of a code. All of it is the provider's own text; the texts of errors show the error code
/// alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Denial {
    pub(crate) error: String,
    pub(crate) description: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) uri: Option<String>,
}

impl Denial {
    /// The error code, such as `access_denied` (RFC 6749 §4.1.2.1).
    pub fn error(&self) -> &str {
        &self.error
    }

    /// `error_description`: text for a developer.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// `error_reason`, which Instagram adds: `user_denied`.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// `error_uri`: a page about the error. Do not open it without asking: anyone can write a redirect.
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    /// Whether access was denied, rather than something having failed: almost always by the user (RFC 6749 §4.1.2.1 allows
    /// the provider to say so itself).
    pub fn is_by_user(&self) -> bool {
        self.error == "access_denied"
    }
}

/// The error code, if it is one (RFC 6749, appendix A.7) and short; a terminal must not obey what a redirect brings.
impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.error.len() <= 64 && self.error.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
        f.write_str(if plain { &self.error } else { "an error code that cannot be shown" })
    }
}

impl fmt::Debug for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Denial({self})")
    }
}

impl std::error::Error for Denial {}
