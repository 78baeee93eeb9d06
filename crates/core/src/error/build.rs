//! The request could not be built.

use std::convert::Infallible;

use thiserror::Error;

use super::names::names;
use super::{UrlErrorKind, ValueErrorKind};

/// A request was not built, so nothing was sent. Each text says what is wrong and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The platform's base URL cannot be used.
    #[error("the base URL {0}")]
    BaseUrl(UrlErrorKind),
    /// A word of the [`Vocabulary`](crate::Vocabulary) cannot be used.
    #[error("the vocabulary's {part} must consist of ASCII letters, digits, `-` and `_`")]
    Vocabulary {
        /// `noun`, `plural` or `header word`.
        part: &'static str,
    },
    /// A secret or key of the caller's cannot be used.
    #[error("the {name} {kind}")]
    Credential {
        /// Which one, for example `user secret`.
        name: &'static str,
        /// What is wrong with it.
        kind: ValueErrorKind,
    },
    /// The connector's key cannot be used.
    #[error("the connector key {0}")]
    ConnectorKey(ValueErrorKind),
    /// The callback URL cannot be used.
    #[error("the callback URL {0}")]
    CallbackUrl(UrlErrorKind),
    /// The `state` cannot be used.
    #[error("the state {0}")]
    State(ValueErrorKind),
    /// The random bytes cannot be used.
    #[error("the random bytes {0}")]
    Entropy(EntropyErrorKind),
    /// The path of the request cannot be used.
    #[error("{}", path(segment, *kind))]
    Path {
        /// The segment that cannot be used, as the caller gave it, without a query.
        segment: String,
        /// What is wrong with it.
        kind: PathErrorKind,
    },
    /// A query parameter or a member of the body cannot be used.
    #[error("the parameter `{name}` {kind}")]
    Parameter {
        /// Its name.
        name: String,
        /// What is wrong with it.
        kind: ValueErrorKind,
    },
    /// An additional header cannot be used.
    #[error("the header `{name}` {kind}")]
    Header {
        /// Its name.
        name: String,
        /// What is wrong with it.
        kind: ValueErrorKind,
    },
    /// The caller's values are not complete. Everything that is missing is named at once.
    #[error("{}", incomplete(missing, placeholders))]
    Incomplete {
        /// Required configuration entries that are absent or empty.
        missing: Vec<String>,
        /// Members that still hold a published sample's placeholder, such as `<INSERT_USER_SECRET>`.
        placeholders: Vec<String>,
    },
    /// An authorization is about to be finished with another registration than the one it was started with.
    #[error(
        "the registration is not the one this authorization was started with; its connector, API key and callback URL must be the same"
    )]
    OtherRegistration,
    /// What was started on one platform is about to be sent to another.
    #[error("this was started on another platform; use the base URL and the vocabulary it was started with")]
    OtherPlatform,
    /// The body could not be written as JSON.
    #[error("the body cannot be written as JSON; its map keys must be strings and its numbers finite")]
    Body,
}

names!(BuildError:
    BaseUrl = "base-url",
    Vocabulary = "vocabulary",
    Credential = "credential",
    ConnectorKey = "connector-key",
    CallbackUrl = "callback-url",
    State = "state",
    Entropy = "entropy",
    Path = "path",
    Parameter = "parameter",
    Header = "header",
    Incomplete = "incomplete",
    OtherRegistration = "other-registration",
    OtherPlatform = "other-platform",
    Body = "body",
);

/// What is wrong with random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EntropyErrorKind {
    /// There are fewer than 48.
    #[error("are too few; give 48 from the operating system's random source")]
    TooFew,
    /// They are equal, or repeat more than chance allows.
    #[error("are not random: they are equal or repeat; take them from the operating system's random source")]
    NotRandom,
    /// The random source returned the same bytes twice.
    #[error(
        "are a constant: the source returned the same ones twice; use the operating system's random source"
    )]
    Constant,
    /// The random source failed.
    #[error("could not be drawn: the random source failed")]
    SourceFailed,
}

names!(EntropyErrorKind:
    TooFew = "too-few",
    NotRandom = "not-random",
    Constant = "constant",
    SourceFailed = "source-failed",
);

/// What is wrong with a segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PathErrorKind {
    /// It is empty, `.` or `..`: an HTTP library may collapse it, and so change which resource is meant.
    #[error("cannot be part of a path; give the name or number of what is meant")]
    NotASegment,
    /// A `?` or `#` follows it.
    #[error("is followed by a `?` or `#`; give the query on its own, or write `%3F` and `%23`")]
    QueryOrFragment,
    /// A `%` in it begins no escape.
    #[error("has a `%` that does not begin an escape of UTF-8 text; write `%25` for the character itself")]
    Escape,
    /// The whole URL is too long.
    #[error("the request's URL is too long; shorten it")]
    TooLong,
}

names!(PathErrorKind:
    NotASegment = "not-a-segment",
    QueryOrFragment = "query-or-fragment",
    Escape = "escape",
    TooLong = "too-long",
);

/// For values that are checked already, where a constructor takes either.
impl From<Infallible> for BuildError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

fn path(segment: &str, kind: PathErrorKind) -> String {
    match kind {
        PathErrorKind::TooLong => kind.to_string(),
        kind => format!("the path segment `{segment}` {kind}"),
    }
}

fn incomplete(missing: &[String], placeholders: &[String]) -> String {
    let mut parts = Vec::new();
    if !missing.is_empty() {
        parts.push(format!("required configuration entries are missing: {}", missing.join(", ")));
    }
    if !placeholders.is_empty() {
        parts.push(format!("put your own values in place of the sample's in: {}", placeholders.join(", ")));
    }
    parts.join("; ")
}
