//! Where the provider sends the user's browser back to.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::callback::ONCE;
use crate::{BuildError, encode, url};

/// The callback URL (`redirect_uri` of RFC 6749): `callbackUrl` of the first step and `oauth.callback.url` of the
/// third, the same text in both, exactly as it was registered with the provider.
///
/// ```
/// use your_moms_core::CallbackUrl;
///
/// let url = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
/// assert_eq!(url.as_str(), "https://www.mycoolapp.com/auth");
/// assert!(CallbackUrl::new("http://www.mycoolapp.com/auth").is_err());
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
        let url = url.into();
        check(&url).map_err(|fault| BuildError::CallbackUrl { fault })?;
        Ok(Self(url))
    }

    /// The URL, as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(url: &str) -> Result<(), &'static str> {
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("holds white space or a character outside ASCII; percent-encode it");
    }
    let parts = url::split(url).ok_or("does not begin with `https://`")?;
    if parts.fragment.is_some() {
        return Err("has a fragment; end it before the `#` (RFC 6749 §3.1.2)");
    }
    if parts.scheme.contains('.') {
        if parts.authority.is_none() && parts.path.is_empty() {
            return Err("has nothing after its scheme");
        }
        if parts.authority.unwrap_or_default().contains('@') {
            return Err("holds a user name or password; take out what stands before the `@`");
        }
    } else {
        url::check_web(&parts)?;
    }
    let taken = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        encode::decode(name, true).is_none_or(|name| ONCE.contains(&name.as_str()))
    };
    if parts.query.unwrap_or_default().split('&').any(taken) {
        return Err("has a parameter that the provider adds itself, such as `code` or `state`; rename yours");
    }
    Ok(())
}

impl TryFrom<String> for CallbackUrl {
    type Error = BuildError;

    fn try_from(url: String) -> Result<Self, BuildError> {
        Self::new(url)
    }
}

impl fmt::Display for CallbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn https_loopback_and_private_schemes() {
        for good in [
            "https://www.mycoolapp.com/auth",
            "https://app.example/auth?tenant=7",
            "http://127.0.0.1:53127/callback",
            "http://[::1]/callback",
            "com.example.app:/auth",
            "com.example.app://auth",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_refused_and_why() {
        let plain =
            "is plain http to a host that is not a loopback address; use `https://`, or `http://127.0.0.1`";
        let user = "holds a user name or password; take out what stands before the `@`";
        let ascii = "holds white space or a character outside ASCII; percent-encode it";
        let taken = "has a parameter that the provider adds itself, such as `code` or `state`; rename yours";
        for (bad, why) in [
            ("", "does not begin with `https://`"),
            ("/auth", "does not begin with `https://`"),
            ("javascript:alert(1)", "does not begin with `https://`"),
            ("http://fake.oauth.callback/url", plain),
            ("http://localhost:8080/auth", plain),
            ("https://app.example/auth#_", "has a fragment; end it before the `#` (RFC 6749 §3.1.2)"),
            ("https://me@app.example/auth", user),
            ("com.example.app://me@auth", user),
            ("https://app.example/a b", ascii),
            ("https://app.example/\u{e4}", ascii),
            ("https://app.example/auth\n", ascii),
            ("https://app.example/auth?state=instagram", taken),
            ("https://app.example/auth?a=b&code", taken),
            ("https://app.example/auth?co%64e=1", taken),
            ("https://app.example/auth?iss=1", taken),
            ("com.example.app:", "has nothing after its scheme"),
        ] {
            assert_eq!(check(bad), Err(why), "{bad}");
        }
    }
}
