//! What can be wrong with a value that the caller gives.

use thiserror::Error;

use super::names::names;

/// What is wrong with a secret, a key, a parameter or a header. Each text continues a sentence that begins with the name of
/// the value, and says how to fix it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ValueErrorKind {
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// It is the placeholder of a published sample, such as `<INSERT_USER_SECRET>`.
    #[error("is still the sample's placeholder; replace it with your own value")]
    Placeholder,
    /// It has a comma, which separates the parts of the `Authorization` header.
    #[error("has a comma, which separates the parts of the header; copy it again, without what surrounds it")]
    Comma,
    /// It has white space or a character that is not visible ASCII.
    #[error("has white space or a character outside ASCII; copy it again, without what surrounds it")]
    NotVisibleAscii,
    /// It has a control character.
    #[error("has a control character, perhaps the end of a line; copy it again, without what surrounds it")]
    ControlCharacter,
    /// It is longer than it may be.
    #[error("is longer than 1024 characters")]
    TooLong,
    /// It has a slash, or is `.` or `..`: it could name another resource.
    #[error("has a `/` or is a dot segment; give the connector's key or number alone")]
    NotOneSegment,
    /// It was given twice.
    #[error("is given twice")]
    Twice,
    /// It is set elsewhere: by this library, or by a method of its own.
    #[error("is set by the library, or by a method of its own; leave it out")]
    Reserved,
    /// It is the marker of another creation.
    #[error("is the marker of another instance, by which it is found; leave it out")]
    Marker,
    /// It is not a name, or not a value, of an HTTP header (RFC 9110 §5).
    #[error("is not allowed in an HTTP header")]
    NotAHeader,
}

names!(ValueErrorKind:
    Empty = "empty",
    Placeholder = "placeholder",
    Comma = "comma",
    NotVisibleAscii = "not-visible-ascii",
    ControlCharacter = "control-character",
    TooLong = "too-long",
    NotOneSegment = "not-one-segment",
    Twice = "twice",
    Reserved = "reserved",
    Marker = "marker",
    NotAHeader = "not-a-header",
);
