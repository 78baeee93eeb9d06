//! Where the provider sends the user's browser back to.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::parameters::ONCE;
use crate::error::{BuildError, UrlErrorKind};
use crate::text::{percent, url};

/// The callback URL (`redirect_uri` of RFC 6749): `callbackUrl` of the first step and `oauth.callback.url` of the
/// third, the same text in both, exactly as it was registered with the provider.
///
/// ```
/// use your_moms_core::CallbackUrl;
///
/// let url = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
/// assert_eq!(url.as_str(), "https://www.mycoolapp.com/auth");
/// assert!(CallbackUrl::new("http://www.mycoolapp.com/auth").is_err());
/// assert!(CallbackUrl::allow_plain_http("http://fake.oauth.callback/url").is_ok());
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct CallbackUrl(String);

impl CallbackUrl {
    /// Checks `url` and keeps it as it is.
    ///
    /// # Errors
    /// [`BuildError::CallbackUrl`] unless it is `https`, or `http` to a loopback address, or a private scheme with a dot
    /// in its name such as `com.example.app:/auth` (RFC 8252 §7); without fragment and user name, and without the
    /// parameters that the provider adds itself (`code`, `state`, `error`, `iss`, `oauth_token`, `oauth_verifier`).
    pub fn new(url: impl Into<String>) -> Result<Self, BuildError> {
        Self::checked(url.into(), |parts| url::check_web(parts).map(drop))
    }

    /// As [`new`](Self::new), with plain `http` to any host: the code then travels in clear, and anyone on the way can use
    /// it first. For providers at which nothing else is registered, as in the source document's own command.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn allow_plain_http(url: impl Into<String>) -> Result<Self, BuildError> {
        Self::checked(url.into(), |parts| url::check_plain_web(parts).map(drop))
    }

    fn checked(
        url: String,
        check_web: fn(&url::UrlParts<'_>) -> Result<(), UrlErrorKind>,
    ) -> Result<Self, BuildError> {
        check(&url, check_web).map_err(BuildError::CallbackUrl)?;
        Ok(Self(url))
    }

    /// The URL, as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(
    url: &str,
    check_web: fn(&url::UrlParts<'_>) -> Result<(), UrlErrorKind>,
) -> Result<(), UrlErrorKind> {
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(UrlErrorKind::NotAscii);
    }
    let parts = url::split(url).ok_or(UrlErrorKind::Scheme)?;
    if parts.fragment.is_some() {
        return Err(UrlErrorKind::Fragment);
    }
    if parts.scheme.contains('.') {
        if parts.authority.is_none() && parts.path.is_empty() {
            return Err(UrlErrorKind::Empty);
        }
        // A private scheme needs no host; one that is there is opened by a browser or not, like any other.
        if let Some(authority) = parts.authority.filter(|authority| !authority.is_empty()) {
            url::check_authority(authority)?;
        }
    } else {
        check_web(&parts)?;
    }
    let taken = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        percent::decode(name, true).map(|name| ONCE.contains(&name.as_str()))
    };
    for pair in parts.query.unwrap_or_default().split('&') {
        match taken(pair) {
            None => return Err(UrlErrorKind::Escape),
            Some(true) => return Err(UrlErrorKind::ReservedParameter),
            Some(false) => {}
        }
    }
    Ok(())
}

impl TryFrom<String> for CallbackUrl {
    type Error = BuildError;

    fn try_from(url: String) -> Result<Self, BuildError> {
        Self::new(url)
    }
}

impl TryFrom<&str> for CallbackUrl {
    type Error = BuildError;

    fn try_from(url: &str) -> Result<Self, BuildError> {
        Self::new(url)
    }
}

/// One that a stored form holds was allowed when it was made, plain `http` included.
pub(super) fn stored<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CallbackUrl, D::Error> {
    CallbackUrl::allow_plain_http(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

impl fmt::Display for CallbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
