//! What can be wrong with a URL.

use thiserror::Error;

use super::names::names;

/// What is wrong with a base URL, a callback URL or an `oauthUrl`. Each text continues a sentence that begins with the URL
/// in question, and says how to fix it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UrlErrorKind {
    /// It has no scheme, or not the right one.
    #[error("does not begin with `https://`")]
    Scheme,
    /// It has a user name or password.
    #[error("has a user name or password; remove what stands before the `@`")]
    Userinfo,
    /// There is no host in it.
    #[error("has no host")]
    NoHost,
    /// Its host is not valid.
    #[error("has a host that is neither a name in ASCII nor an IP address")]
    Host,
    /// Its port is not a number from 1 to 65535.
    #[error("has a port that is not a number from 1 to 65535")]
    Port,
    /// It is `http` to a host that is not on this machine: secrets would travel in clear.
    #[error("is plain http to a host that is not a loopback address; use `https://`, or `http://127.0.0.1`")]
    PlainHttp,
    /// It is `http` to `localhost`, a name that need not mean this machine (RFC 8252 §8.3).
    #[error(
        "is plain http to `localhost`, a name that may resolve to another machine; use `http://127.0.0.1` (RFC 8252 §8.3)"
    )]
    Localhost,
    /// A base URL with a query or a fragment.
    #[error("has a query or a fragment; end it before the `?` or `#`")]
    QueryOrFragment,
    /// A callback URL with a fragment (RFC 6749 §3.1.2).
    #[error("has a fragment; end it before the `#` (RFC 6749 §3.1.2)")]
    Fragment,
    /// A `%` in it begins no escape.
    #[error("has a `%` that does not begin an escape of UTF-8 text; write `%25` for the character itself")]
    Escape,
    /// An empty segment, `.` or `..` in its path: HTTP libraries disagree on what it means.
    #[error("has an empty or a dot segment in its path; remove it")]
    DotSegment,
    /// A character in its path that must be escaped.
    #[error("has a character in its path that must be percent-encoded")]
    Unencoded,
    /// White space, or a character outside ASCII.
    #[error("has white space or a character outside ASCII; percent-encode it")]
    NotAscii,
    /// A parameter that the provider adds itself.
    #[error("has a parameter that the provider adds itself, such as `code` or `state`; rename yours")]
    ReservedParameter,
    /// Nothing follows its scheme.
    #[error("has nothing after its scheme")]
    Empty,
    /// It is longer than 16 KiB.
    #[error("is longer than 16 KiB")]
    TooLong,
    /// A character that a person does not see, or that changes the order in which others are seen.
    #[error("has white space, a control character or an invisible one")]
    Unseen,
    /// It points to this machine, where the platform is not.
    #[error("points to this machine, though the platform is elsewhere")]
    Loopback,
}

names!(UrlErrorKind:
    Scheme = "scheme",
    Userinfo = "userinfo",
    NoHost = "no-host",
    Host = "host",
    Port = "port",
    PlainHttp = "plain-http",
    Localhost = "localhost",
    QueryOrFragment = "query-or-fragment",
    Fragment = "fragment",
    Escape = "escape",
    DotSegment = "dot-segment",
    Unencoded = "unencoded",
    NotAscii = "not-ascii",
    ReservedParameter = "reserved-parameter",
    Empty = "empty",
    TooLong = "too-long",
    Unseen = "unseen",
    Loopback = "loopback",
);
