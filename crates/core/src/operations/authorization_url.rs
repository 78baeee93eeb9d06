//! The platform's `oauthUrl`, before and after it is known that a user may be sent there.

use std::borrow::Cow;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::GetOauthUrl;
use crate::error::{UntrustedOauthUrl, UrlErrorKind};
use crate::platform::Platform;
use crate::privacy::Secret;
use crate::text::{noun, percent, url, visible};

/// The longest URL that a user is sent to, in bytes.
const URL_LIMIT: usize = 16 * 1024;

/// The platform's response, before it is known whether a user may be sent there. [`check`](Self::check) it.
pub struct UncheckedOauthUrl {
    url: Secret,
    connector: Option<String>,
}

impl UncheckedOauthUrl {
    /// The connector's key, as the response names it (`"your_mom": "instagram"`).
    pub fn connector(&self) -> Option<&str> {
        self.connector.as_deref()
    }

    /// The URL to send the user to, if it belongs to `asked` and can be trusted.
    ///
    /// # Errors
    /// [`UntrustedOauthUrl`] unless the URL is `https` with a host and without user name, of 16 KiB at most, without a
    /// character that a person cannot see, carries the state of `asked` exactly once, and does not show the client secret to
    /// the browser. It may point to this machine, and then be `http`, only where `platform` is on this machine.
    pub fn check(
        self,
        asked: &GetOauthUrl,
        platform: &Platform,
    ) -> Result<AuthorizationUrl, UntrustedOauthUrl> {
        let text = self.url.expose();
        let parts = check_url(text, platform.base().is_loopback()).map_err(UntrustedOauthUrl::Url)?;
        let (mut states, mut is_asked) = (0, false);
        each_state(parts.query.unwrap_or_default(), false, &mut |state| {
            states += 1;
            is_asked = asked.state().matches(state);
        })
        .ok_or(UntrustedOauthUrl::Undecodable)?;
        match (states, is_asked) {
            (0, _) => return Err(UntrustedOauthUrl::NoState),
            (1, true) => {}
            (1, false) => return Err(UntrustedOauthUrl::OtherState),
            _ => return Err(UntrustedOauthUrl::SeveralStates),
        }
        if shows(text, asked.registration().api_secret().expose()) {
            return Err(UntrustedOauthUrl::ShowsSecret);
        }
        Ok(AuthorizationUrl(self.url))
    }
}

fn check_url(text: &str, on_loopback: bool) -> Result<url::UrlParts<'_>, UrlErrorKind> {
    if text.len() > URL_LIMIT {
        return Err(UrlErrorKind::TooLong);
    }
    if visible::has_unseen(text) {
        return Err(UrlErrorKind::Unseen);
    }
    let parts = url::split(text).ok_or(UrlErrorKind::Scheme)?;
    let host = url::check_web(&parts)?;
    if url::is_this_machine(host) && !on_loopback { Err(UrlErrorKind::Loopback) } else { Ok(parts) }
}

/// Calls `found` with every `state` of a query, decoded; `None` if there may be one that cannot be decoded. OAuth 1 has no
/// such parameter: there the platform folds it into the callback URL.
fn each_state(query: &str, in_callback: bool, found: &mut dyn FnMut(&str)) -> Option<()> {
    for (name, value) in url::parts(query, b'&').map(url::name_and_value) {
        match &*percent::decoded(name, true)? {
            "state" => found(&percent::decoded(value, true)?),
            "oauth_callback" if !in_callback => {
                let callback = percent::decoded(value, true)?;
                let (_, query) = callback.split_once('?').unwrap_or_default();
                each_state(query, true, found)?;
            }
            _ => {}
        }
    }
    Some(())
}

/// Whether `text` holds `secret` as it is or under one or two layers of percent-encoding.
fn shows(text: &str, secret: &str) -> bool {
    let mut layer = Cow::Borrowed(text);
    for _ in 0..3 {
        // In a query, `+` is a space.
        if layer.contains(secret) || secret.contains(' ') && layer.replace('+', " ").contains(secret) {
            return true;
        }
        if !layer.contains('%') {
            return false;
        }
        layer = Cow::Owned(lossy_decode(&layer));
    }
    false
}

/// Decodes what can be decoded: one stray `%` must not hide a secret further on.
fn lossy_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

impl<'de> Deserialize<'de> for UncheckedOauthUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ResponseVisitor)
    }
}

/// Reads `{"oauthUrl": …, "<noun>": "<key>"}`. The noun is the deployment's, so any other text member is taken for it.
struct ResponseVisitor;

impl<'de> Visitor<'de> for ResponseVisitor {
    type Value = UncheckedOauthUrl;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `oauthUrl`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (mut url, mut connector) = (None, None);
        while let Some(Name(name)) = members.next_key()? {
            if name == "oauthUrl" {
                url = Some(Secret::from(members.next_value::<String>()?));
            } else {
                let known = noun::KNOWN.contains(&&*name);
                match members.next_value::<Text>()? {
                    Text::Some(text) if known || connector.is_none() => connector = Some(text),
                    _ => {}
                }
            }
        }
        let url = url.ok_or_else(|| serde::de::Error::missing_field("oauthUrl"))?;
        Ok(UncheckedOauthUrl { url, connector })
    }
}

/// The name of a member.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Some(String),
    Other(IgnoredAny),
}

/// The URL can hold secrets, and what is taken for the connector's key may be any other text.
impl fmt::Debug for UncheckedOauthUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UncheckedOauthUrl(…)")
    }
}

/// Where to send the user's browser; the provider's authorization request (RFC 6749 §4.1.1). It is never rewritten.
///
/// It opens the user's consent page, so it is shown to that user and nobody else: `Debug` prints no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationUrl(Secret);

impl AuthorizationUrl {
    /// The URL.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::shows;

    #[test]
    fn a_secret_is_seen_under_two_layers_of_encoding() {
        for text in ["x=a b", "x=a+b", "x=a%20b", "x=a%2520b", "x=a%252Bb", "100%&x=%61%20b"] {
            assert!(shows(text, "a b"), "{text}");
        }
        for text in ["x=ab", "x=a%252520b", "x=a-b"] {
            assert!(!shows(text, "a b"), "{text}");
        }
        assert!(shows("x=a+b", "a+b") && shows("x=a%2Bb", "a+b") && !shows("x=a b", "a+b"));
    }
}
