//! An authorization that waits for the provider's redirect.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Authorized;
use crate::error::CallbackError;
use crate::oauth::{
    Callback, CallbackUrl, ConnectorKey, Entropy, Marker, Registration, RegistrationId, State, marker_text,
};
use crate::operations::{GetOauthUrl, Oauth1Token, StartedOn};
use crate::platform::Platform;
use crate::privacy::Unquoted;
use crate::text::Version;

/// How long an authorization may wait for its redirect (RFC 6749 §4.1.2 gives a code ten minutes).
const LIFETIME: Duration = Duration::from_secs(600);

/// How far ahead the clock of the machine may have been that started it.
const CLOCK_SKEW: Duration = Duration::from_secs(60);

/// An authorization that waits for the provider's redirect.
///
/// Plain data: serialize it, and the redirect may arrive at another machine. It is good for one redirect and ten minutes. Keep
/// it in *this user's session*, on the server or signed, and find it there: the `state` of a redirect alone proves nothing, since
/// anyone can start an authorization and send its redirect to somebody else (RFC 6749 §10.12). Take it out of the session once
/// [`matches`](Self::matches) says yes, before the code is used.
///
/// It holds no secret of the application's; with OAuth 1.0a it holds the request token's, and must not be in a cookie that is
/// merely signed.
///
/// ```
/// use std::time::SystemTime;
/// use your_moms_core::{Authorized, CallbackError, PendingAuthorization};
///
/// /// The handler of the callback URL, with what this user's session holds.
/// fn redirected(
///     session: &mut Vec<PendingAuthorization>,
///     request_target: &str,
/// ) -> Result<Authorized, CallbackError> {
///     let at = session.iter().position(|pending| pending.matches(request_target));
///     let pending = at.map(|at| session.remove(at)).ok_or(CallbackError::StateMismatch)?;
///     pending.verify(request_target, SystemTime::now())
/// }
/// ```
///
/// One redirect uses it up:
///
/// ```compile_fail,E0382
/// # fn f(pending: your_moms_core::PendingAuthorization, now: std::time::SystemTime) {
/// let _ = pending.verify("/callback?code=1&state=s", now);
/// let _ = pending.verify("/callback?code=2&state=s", now);
/// # }
/// ```
#[derive(Serialize, Deserialize)]
#[serde(remote = "Self", expecting = "a pending authorization")]
pub struct PendingAuthorization {
    version: Version<1>,
    registration: RegistrationId,
    started_on: StartedOn,
    state: State,
    #[serde(with = "marker_text")]
    marker: Marker,
    /// Seconds since 1970-01-01T00:00:00Z.
    started_at: u64,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "exposed")]
    request_token: Option<Oauth1Token>,
}

impl Serialize for PendingAuthorization {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for PendingAuthorization {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(Unquoted(deserializer))
    }
}

/// The request token's secret belongs into the stored form, and nowhere else.
#[expect(clippy::ref_option, reason = "serde's signature")]
fn exposed<S: Serializer>(token: &Option<Oauth1Token>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(token.iter().flat_map(Oauth1Token::expose))
}

impl PendingAuthorization {
    /// Starts an authorization, for code that drives the machines itself: what to ask the platform, and what to keep.
    ///
    /// `entropy` is new and random, `now` is the current time.
    #[expect(clippy::needless_pass_by_value, reason = "entropy is good for one use")]
    pub fn start(
        platform: &Platform,
        registration: &Registration,
        entropy: Entropy,
        now: SystemTime,
    ) -> (GetOauthUrl, Self) {
        let state = State::of(&entropy);
        let pending = Self {
            version: Version,
            registration: registration.id().clone(),
            started_on: StartedOn::new(platform),
            state: state.clone(),
            marker: Marker::of(&entropy),
            started_at: now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
            request_token: None,
        };
        (GetOauthUrl::new(registration, state), pending)
    }

    /// Keeps the request token of OAuth 1.0a: the redirect must bring it back, and the creation needs its secret.
    pub fn with_request_token(self, token: &Oauth1Token) -> Self {
        Self { request_token: Some(token.clone()), ..self }
    }

    /// The connector.
    pub fn connector(&self) -> &ConnectorKey {
        &self.registration.connector
    }

    /// Where the redirect will arrive.
    pub fn callback_url(&self) -> &CallbackUrl {
        &self.registration.callback_url
    }

    /// Whether its ten minutes are over, so that it can be dropped from the session.
    pub fn is_expired(&self, now: SystemTime) -> bool {
        let started_at = UNIX_EPOCH.checked_add(Duration::from_secs(self.started_at));
        match started_at.map(|started_at| now.duration_since(started_at)) {
            // The start was stored in whole seconds.
            Some(Ok(age)) => age.as_secs() > LIFETIME.as_secs(),
            Some(Err(ahead)) => ahead.duration() > CLOCK_SKEW,
            None => true,
        }
    }

    /// Whether this redirect carries the state of this authorization: to pick one among several of a session, and to keep a
    /// stray or forged redirect from using one up. `redirect` is a whole URL, a request target (`/callback?code=…`), or the
    /// query alone.
    pub fn matches(&self, redirect: &str) -> bool {
        Callback::has_state(redirect, &self.state)
    }

    /// Reads the redirect: the state first, in constant time, then a code or the provider's error.
    ///
    /// # Errors
    /// [`CallbackError`]; [`CallbackError::Expired`] if more than ten minutes have passed. Neither its text nor its `Debug`
    /// contains a value of the redirect, except the provider's error code.
    pub fn verify(self, redirect: &str, now: SystemTime) -> Result<Authorized, CallbackError> {
        if self.is_expired(now) {
            return Err(CallbackError::Expired);
        }
        let callback = Callback::parse(redirect, &self.state)?;
        if let Some(token) = &self.request_token
            && callback.get("oauth_token") != Some(token.token())
        {
            return Err(CallbackError::StateMismatch);
        }
        let mut parameters = callback.into_parameters();
        if let Some(token) = self.request_token {
            parameters.retain(|(name, _)| name != "secret");
            parameters.push(("secret".to_owned(), token.secret().clone()));
        }
        Ok(Authorized::new(self.registration, self.started_on, self.marker, parameters))
    }
}

/// Without the state: anyone who reads it can complete this authorization.
impl fmt::Debug for PendingAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingAuthorization")
            .field("connector", &self.registration.connector.as_str())
            .field("started_on", &self.started_on)
            .field("started_at", &self.started_at)
            .finish_non_exhaustive()
    }
}
