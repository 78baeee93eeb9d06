//! The provider's redirect back, as data.

use std::fmt;

use super::State;
use super::parameters::{self, ONCE, Parameters};
use crate::error::{CallbackError, Denial, MalformedKind};
use crate::privacy::Secret;
use crate::text::visible;

/// The longest code that is believed, in bytes.
const CODE_LIMIT: usize = 8 * 1024;

/// The user granted access: what the redirect brought (the source document, Step 1, "Handle Callback from the Endpoint").
///
/// Applications use [`PendingAuthorization::verify`](crate::PendingAuthorization::verify), which knows the state.
///
/// ```
/// use your_moms_core::{Callback, State};
///
/// let state = State::new("hc-5d1")?;
/// let callback = Callback::parse("https://www.mycoolapp.com/auth?code=AQB%2Fx&state=hc-5d1#_", &state)?;
/// assert_eq!(callback.code().map(|code| code.expose()), Some("AQB/x"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Callback {
    /// Everything but `state`, decoded, in the order it came.
    parameters: Vec<(String, Secret)>,
}

impl Callback {
    /// Reads the redirect: a whole URL, the target of the request that a listener got (`/auth?code=…`), or the query
    /// alone, with or without its `?`.
    ///
    /// The state is compared before anything else is believed.
    ///
    /// # Errors
    /// [`CallbackError`]. Neither its text nor its `Debug` contains a value of the redirect, except the
    /// provider's error code.
    pub fn parse(query_or_url: &str, expected: &State) -> Result<Self, CallbackError> {
        let Parameters { state, others: mut parameters } = parameters::read(query_or_url)?;
        let state = state.filter(|state| !state.is_empty()).ok_or(CallbackError::Missing("state"))?;
        if !expected.matches(&state) {
            return Err(CallbackError::StateMismatch);
        }
        // Empty counts as absent.
        parameters.retain(|(name, value)| !(ONCE.contains(&name.as_str()) && value.expose().is_empty()));
        let callback = Self { parameters };
        let granted = callback.code().is_some() || callback.get("oauth_verifier").is_some();
        match (callback.get("error"), granted) {
            (Some(_), true) => Err(CallbackError::Malformed(MalformedKind::CodeAndError)),
            (Some(error), false) => Err(CallbackError::Denied(callback.denial(error.expose()))),
            (None, false) => Err(CallbackError::Missing("code")),
            (None, true) => {
                if callback.get("oauth_verifier").is_some() && callback.get("oauth_token").is_none() {
                    return Err(CallbackError::Missing("oauth_token"));
                }
                callback.check_values()?;
                Ok(callback)
            }
        }
    }

    fn check_values(&self) -> Result<(), CallbackError> {
        for name in ["code", "oauth_token", "oauth_verifier"] {
            let value = self.get(name).map(Secret::expose).unwrap_or_default();
            if value.len() > CODE_LIMIT {
                return Err(CallbackError::Malformed(MalformedKind::CodeTooLong));
            }
            if visible::has_control(value) {
                return Err(CallbackError::Malformed(MalformedKind::ControlCharacter));
            }
        }
        Ok(())
    }

    fn denial(&self, error: &str) -> Denial {
        let text = |name| self.get(name).map(|value| value.expose().to_owned());
        Denial {
            error: error.to_owned(),
            description: text("error_description"),
            reason: text("error_reason"),
            uri: text("error_uri"),
        }
    }

    /// Whether `query_or_url` is a redirect that carries this state.
    pub(crate) fn has_state(query_or_url: &str, expected: &State) -> bool {
        let state = parameters::read(query_or_url).ok().and_then(|parameters| parameters.state);
        state.is_some_and(|state| expected.matches(&state))
    }

    /// Everything that came but the state.
    pub(crate) fn into_parameters(self) -> Vec<(String, Secret)> {
        self.parameters
    }

    /// The code (OAuth 2). An OAuth 1 redirect has none: its `oauth_token` and `oauth_verifier` are among
    /// [`parameters`](Self::parameters).
    pub fn code(&self) -> Option<&Secret> {
        self.get("code")
    }

    /// The first parameter of this name, decoded.
    pub fn get(&self, name: &str) -> Option<&Secret> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Everything that came but the state, decoded, in its order: what the provider adds (`realmId`, `merchant_id`, …)
    /// goes on to the platform as `providerData`.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &Secret)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Without names, too: a code that was pasted without its name would be one.
impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Callback({} parameters)", self.parameters.len())
    }
}
