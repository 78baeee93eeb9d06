//! The three steps as one value: begin, wait as plain data, finish.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::operations::Begun;
use crate::{
    Callback, CallbackError, CallbackUrl, ClientCredentials, CreateInstance, OauthUrl, Platform, State,
};

/// How long a connection may wait for its redirect (RFC 6749 §4.1.2 gives a code ten minutes).
const LIFETIME: Duration = Duration::from_secs(600);

/// Where redirects may come from that began on a machine whose clock runs ahead.
const CLOCK_SKEW: Duration = Duration::from_secs(60);

/// A connection that waits for the provider's redirect.
///
/// Plain data without secrets: serialize it, and the redirect may land on another machine. It is good for one redirect
/// and ten minutes; **remove the kept copy when a redirect is read**, before the code is used.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use your_moms_core::{CallbackUrl, ClientCredentials, Credentials, Operation, Pending, Platform, State};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let client = ClientCredentials::new("api-key", "api-secret")?;
/// let callback_url = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
/// let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
///
/// // Step 1: send `ask`, check the answer against it, send the user to the URL. Keep `pending`.
/// let (ask, pending) = Pending::begin(&platform, "instagram", &client, &callback_url, State::from_random([7; 32]), now);
/// # let _ = ask;
/// let kept = serde_json::to_string(&pending)?;
///
/// // Step 2: the redirect.
/// let pending: Pending = serde_json::from_str(&kept)?;
/// let redirect = "/auth?code=AQB&state=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc#_";
/// let callback = pending.read(redirect, now + Duration::from_secs(30))?;
///
/// // Step 3: send `create`; the answer is the instance.
/// let create = pending.finish(&callback, &client).name("My photos").tag("team-a");
/// assert!(create.request(&platform).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    key: String,
    callback_url: CallbackUrl,
    base_url: String,
    noun: String,
    state: State,
    /// Seconds since 1970-01-01T00:00:00Z.
    begun_at: u64,
}

impl Pending {
    /// Begins a connection with the connector of this key (`instagram`): what to ask the platform, and what to keep.
    ///
    /// `state` must be new and random, `now` is the current time. Parameters that a connector wants are added to the
    /// [`OauthUrl`].
    pub fn begin(
        platform: &Platform,
        key: &str,
        client: &ClientCredentials,
        callback_url: &CallbackUrl,
        state: State,
        now: SystemTime,
    ) -> (OauthUrl, Self) {
        let ask = OauthUrl::new(key, client, callback_url, &state);
        let pending = Self {
            key: key.to_owned(),
            callback_url: callback_url.clone(),
            base_url: platform.base_url(),
            noun: platform.vocabulary().noun().to_owned(),
            state,
            begun_at: now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
        };
        (ask, pending)
    }

    /// The connector's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Where the redirect will come to.
    pub fn callback_url(&self) -> &CallbackUrl {
        &self.callback_url
    }

    /// Reads the redirect; see [`Callback::parse`].
    ///
    /// # Errors
    /// [`CallbackError`]; [`CallbackError::Expired`] if more than ten minutes have passed.
    pub fn read(&self, query_or_url: &str, now: SystemTime) -> Result<Callback, CallbackError> {
        let begun_at =
            UNIX_EPOCH.checked_add(Duration::from_secs(self.begun_at)).ok_or(CallbackError::Expired)?;
        let alive = match now.duration_since(begun_at) {
            Ok(age) => age <= LIFETIME,
            Err(ahead) => ahead.duration() <= CLOCK_SKEW,
        };
        if alive { Callback::parse(query_or_url, &self.state) } else { Err(CallbackError::Expired) }
    }

    /// The creation of the instance. Key and callback URL are those of the first step. The request is built only for the
    /// platform of the first step, and only if `callback` was read with this connection's state: a code can reach nobody
    /// else (RFC 9700 §4.4).
    pub fn finish(self, callback: &Callback, client: &ClientCredentials) -> CreateInstance {
        let same_state = callback.state().matches(self.state.as_str());
        let begun =
            Begun { callback_url: self.callback_url, same_state, base_url: self.base_url, noun: self.noun };
        CreateInstance::authorized(&self.key, begun, callback, client)
    }
}
