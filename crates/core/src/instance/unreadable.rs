//! Why a text is not an instance, and where.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

/// Why a JSON value is not an instance. It quotes nothing of the value, which may be a token in the wrong place.
pub(super) struct Unreadable {
    what: Cow<'static, str>,
    line: usize,
    column: usize,
}

impl Unreadable {
    fn at(what: impl Into<Cow<'static, str>>, line: usize, column: usize) -> Self {
        Self { what: what.into(), line, column }
    }

    /// The fault is in the whole of `text`, and known at its end.
    pub(super) fn whole(what: impl Into<Cow<'static, str>>, text: &str) -> Self {
        let last_line = text.rsplit('\n').next().unwrap_or_default();
        Self::at(what, 1 + text.matches('\n').count(), last_line.len())
    }

    /// `text` is another kind of JSON than an object.
    pub(super) fn no_object(what: &'static str, text: &str) -> Self {
        Self::where_parsing_fails::<Map<String, Value>>(what, text)
    }

    /// A required member of `instance` is absent or odd.
    pub(super) fn required(what: &'static str, instance: &str) -> Self {
        Self::where_parsing_fails::<Required<'_>>(what, instance)
    }

    /// The parser knows where; it is asked only for an error.
    fn where_parsing_fails<'a, T: Deserialize<'a>>(what: &'static str, text: &'a str) -> Self {
        match serde_json::from_str::<T>(text) {
            Err(error) => Self::at(what, error.line(), error.column()),
            Ok(_) => Self::whole(what, text),
        }
    }
}

/// The position in front of the end: `serde_json` reads it back from there, when an error is made of this text.
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.what, self.line, self.column)
    }
}

/// What an instance cannot do without.
#[derive(Deserialize)]
struct Required<'a> {
    #[serde(rename = "id")]
    _id: u64,
    #[serde(rename = "token", borrow)]
    _token: Cow<'a, str>,
}
