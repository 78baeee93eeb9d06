//! `GET /{nouns}/{key}/oauth/url`, or the same with `POST`: where to send the user (the source document, Step 1).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use http::{Method, Request, Response};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::placeholder::is_placeholder;
use crate::{
    BuildError, CallbackUrl, ClientCredentials, Operation, Platform, ResponseError, ResponseErrorKind,
    Secret, State, encode, json, noun, url,
};

/// The longest URL that a user is sent to, in bytes.
const URL_LIMIT: usize = 16 * 1024;

/// Parameters that have a place of their own.
const TYPED: [&str; 4] = ["apiKey", "apiSecret", "callbackUrl", "state"];

/// Asks for the provider's authorization URL.
///
/// The documented form is a `GET` with the client secret in its query. Where logs of URLs are a worry, and the
/// deployment knows it, [`OauthUrl::in_body`] sends the same as a `POST` with a JSON body.
///
/// ```
/// use your_moms_core::{CallbackUrl, ClientCredentials, Credentials, OauthUrl, Operation, Platform, State};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let client = ClientCredentials::new("fake_instagram_client_id", "fake_instagram_client_secret")?;
/// let callback = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
/// let ask = OauthUrl::new("instagram", &client, &callback, &State::new("hc-5d1")?);
/// let request = ask.request(&platform)?;
/// assert_eq!(
///     request.uri().path_and_query().map(|target| target.as_str()),
///     Some(
///         "/your_moms/api-v2/your_moms/instagram/oauth/url?apiKey=fake_instagram_client_id\
///          &apiSecret=fake_instagram_client_secret&callbackUrl=https%3A%2F%2Fwww.mycoolapp.com%2Fauth&state=hc-5d1"
///     )
/// );
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone)]
pub struct OauthUrl {
    key: String,
    client: ClientCredentials,
    callback_url: CallbackUrl,
    state: State,
    parameters: Vec<(String, Secret)>,
    in_body: bool,
    authorized: bool,
}

impl OauthUrl {
    /// For the connector with this key (`instagram`).
    pub fn new(
        key: impl Into<String>,
        client: &ClientCredentials,
        callback_url: &CallbackUrl,
        state: &State,
    ) -> Self {
        Self {
            key: key.into(),
            client: client.clone(),
            callback_url: callback_url.clone(),
            state: state.clone(),
            parameters: Vec::new(),
            in_body: false,
            authorized: false,
        }
    }

    /// Adds a parameter that some connectors want: `scope`, `siteAddress`, `subdomain`, `requestToken`, …
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends a `POST` with everything in a JSON body, so that the client secret is in no URL.
    pub fn in_body(self) -> Self {
        Self { in_body: true, ..self }
    }

    /// Sends `Authorization: User …, Organization …` too. The source document says that there is no header; some
    /// deployments want one.
    pub fn authorized(self) -> Self {
        Self { authorized: true, ..self }
    }

    fn parameters(&self) -> Result<Vec<(&str, &str)>, BuildError> {
        let mut all = vec![
            ("apiKey", self.client.api_key()),
            ("apiSecret", self.client.api_secret().expose()),
            ("callbackUrl", self.callback_url.as_str()),
            ("state", self.state.as_str()),
        ];
        if is_placeholder(&self.key) {
            let fault = "is a sample's placeholder; put your connector's key in its place";
            return Err(BuildError::Parameter { name: "key".to_owned(), fault });
        }
        let mut given = BTreeSet::new();
        for (name, value) in &self.parameters {
            let fault = if TYPED.contains(&name.as_str()) {
                "has a place of its own; give it there"
            } else if name.is_empty() {
                "has no name"
            } else if is_placeholder(value.expose()) {
                "is a sample's placeholder; put your own value in its place"
            } else if !given.insert(name) {
                "is given twice"
            } else {
                all.push((name, value.expose()));
                continue;
            };
            return Err(BuildError::Parameter { name: name.clone(), fault });
        }
        Ok(all)
    }
}

impl Operation for OauthUrl {
    type Output = UncheckedOauthUrl;
    const NAME: &'static str = "oauth-url";

    /// Asking makes nothing, in either form.
    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let parameters = self.parameters()?;
        let method = if self.in_body { Method::POST } else { Method::GET };
        let path = [platform.vocabulary().nouns(), &self.key, "oauth", "url"];
        let request = path.iter().fold(platform.request(method), |request, segment| request.segment(segment));
        let request = if self.in_body {
            request.json(&parameters.into_iter().collect::<BTreeMap<_, _>>())
        } else {
            parameters.into_iter().fold(request, |request, (name, value)| request.query(name, value))
        };
        if self.authorized { request.authorize_platform() } else { request }.build()
    }

    fn parse(response: Response<&[u8]>) -> Result<UncheckedOauthUrl, ResponseError> {
        json::read(&response)
    }
}

/// Without parameter values: they can be secret.
impl fmt::Debug for OauthUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthUrl")
            .field("key", &self.key)
            .field("callback_url", &self.callback_url)
            .field("parameters", &self.parameters.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// The platform's answer, before it is known whether a user may be sent there. [`check`](Self::check) it.
pub struct UncheckedOauthUrl {
    url: Secret,
    key: Option<String>,
}

impl UncheckedOauthUrl {
    /// The connector's key, as the answer names it (`"your_mom": "instagram"`).
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The URL to send the user to, if it belongs to `asked` and can be trusted.
    ///
    /// # Errors
    /// [`ResponseErrorKind::Untrusted`] unless the URL is `https` (or `http` to a loopback address) with a host and
    /// without user name and control characters, of 16 KiB at most, carries the state of `asked` exactly once, and does not show the
    /// client secret to the browser.
    pub fn check(self, asked: &OauthUrl) -> Result<AuthorizationUrl, ResponseError> {
        match self.fault(asked) {
            None => Ok(AuthorizationUrl(self.url)),
            Some(fault) => {
                Err(ResponseError::new(&Response::new(&[]), ResponseErrorKind::Untrusted { fault }))
            }
        }
    }

    fn fault(&self, asked: &OauthUrl) -> Option<&'static str> {
        let text = self.url.expose();
        if text.len() > URL_LIMIT {
            return Some("is longer than 16 KiB");
        }
        if text.contains(char::is_control) {
            return Some("holds a control character");
        }
        let Some(parts) = url::split(text) else { return Some("does not begin with `https://`") };
        if let Err(fault) = url::check_web(&parts) {
            return Some(fault);
        }
        let Some(states) = states(parts.query.unwrap_or_default()) else {
            return Some("has a parameter that cannot be decoded where its `state` is looked for");
        };
        match states.as_slice() {
            [] => return Some("carries no `state`, so the redirect could not be tied to this connection"),
            [state] if asked.state.matches(state) => {}
            [_] => return Some("carries another `state` than the one asked for"),
            _ => return Some("carries more than one `state`"),
        }
        if shows(text, asked.client.api_secret().expose()) {
            return Some("holds the client secret, which the user's browser must not see");
        }
        None
    }
}

/// Every `state` of a query; `None` if there may be one that cannot be decoded. OAuth 1 has no such parameter: there the
/// platform folds it into the callback URL.
fn states(query: &str) -> Option<Vec<String>> {
    let mut states = named(query, "state")?;
    for callback in named(query, "oauth_callback")? {
        let (_, query) = callback.split_once('?').unwrap_or_default();
        states.extend(named(query, "state")?);
    }
    Some(states)
}

/// Every value of this name in a query, decoded; `None` if one of them, or any name, cannot be.
fn named(query: &str, wanted: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if encode::decode(name, true)? == wanted {
            values.push(encode::decode(value, true)?);
        }
    }
    Some(values)
}

/// Whether `text` holds `secret` as it is or under one or two layers of percent-encoding.
fn shows(text: &str, secret: &str) -> bool {
    let mut layer = text.to_owned();
    for _ in 0..3 {
        if layer.contains(secret) || layer.replace('+', " ").contains(secret) {
            return true;
        }
        layer = lossy_decode(&layer);
    }
    false
}

/// Decodes what can be decoded: one stray `%` must not hide a secret further on.
fn lossy_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

impl<'de> Deserialize<'de> for UncheckedOauthUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnswerVisitor)
    }
}

/// Reads `{"oauthUrl": …, "<noun>": "<key>"}`. The noun is the deployment's, so any other text member is taken for it.
struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = UncheckedOauthUrl;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `oauthUrl`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (mut url, mut key) = (None, None);
        while let Some(name) = members.next_key::<String>()? {
            if name == "oauthUrl" {
                url = Some(Secret::from(members.next_value::<String>()?));
            } else {
                let known = noun::KNOWN.contains(&name.as_str());
                match members.next_value::<Text>()? {
                    Text::Some(text) if known || key.is_none() => key = Some(text),
                    _ => {}
                }
            }
        }
        Ok(UncheckedOauthUrl { url: url.ok_or_else(|| serde::de::Error::missing_field("oauthUrl"))?, key })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Some(String),
    Other(IgnoredAny),
}

/// The provider does not belong to the platform, and its URL can hold secrets: without values.
impl fmt::Debug for UncheckedOauthUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UncheckedOauthUrl").field("key", &self.key).finish_non_exhaustive()
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
