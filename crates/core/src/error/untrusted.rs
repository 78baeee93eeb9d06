//! The `oauthUrl` is not one to send a user to.

use thiserror::Error;

use super::UrlErrorKind;
use super::names::names;

/// Why a user must not be sent to an `oauthUrl`. The URL itself is in no text and in no `Debug`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UntrustedOauthUrl {
    /// It is not a URL that a browser should be sent to.
    #[error("the oauthUrl {0}")]
    Url(UrlErrorKind),
    /// A parameter cannot be decoded, so nobody can tell whether it is a `state`.
    #[error("the oauthUrl has a parameter that cannot be decoded where its `state` is looked for")]
    Undecodable,
    /// It carries no `state`.
    #[error("the oauthUrl carries no `state`, so the redirect could not be tied to this authorization")]
    NoState,
    /// It carries a different `state` from the one requested.
    #[error("the oauthUrl carries a different `state` from the one requested")]
    OtherState,
    /// It carries more than one `state`.
    #[error("the oauthUrl carries more than one `state`")]
    SeveralStates,
    /// The client secret is in it.
    #[error("the oauthUrl holds the client secret, which the user's browser must not see")]
    ShowsSecret,
}

names!(UntrustedOauthUrl:
    Url = "url",
    Undecodable = "undecodable",
    NoState = "no-state",
    OtherState = "other-state",
    SeveralStates = "several-states",
    ShowsSecret = "shows-secret",
);
