//! The provider's redirect back, as data (the source document, Step 1, "Handle Callback from the Endpoint").

use std::fmt;

use thiserror::Error;

use crate::{Secret, State, encode, url};

/// The longest query that is read, in bytes.
const QUERY_LIMIT: usize = 16 * 1024;
/// The most parameters that are read.
const PAIR_LIMIT: usize = 64;
/// The longest code that is believed, in bytes.
const CODE_LIMIT: usize = 8 * 1024;

/// Parameters that must come once at most: two values would let two readers see two different answers.
pub(crate) const ONCE: [&str; 6] = ["code", "state", "error", "iss", "oauth_token", "oauth_verifier"];

/// The user allowed it: what the redirect brought.
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
    /// The state it came with, which was the expected one.
    state: State,
    /// Everything but `state`, decoded, in the order it came.
    parameters: Vec<(String, Secret)>,
}

/// Why a redirect gives no code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CallbackError {
    /// The provider answered with an error: as a rule, the user denied (RFC 6749 §4.1.2.1).
    #[error("the provider did not grant access")]
    Denied(#[source] Denial),
    /// A parameter is absent or empty.
    #[error("the redirect has no `{0}`")]
    Missing(&'static str),
    /// A parameter that must come once came twice.
    #[error("the redirect has more than one `{0}`")]
    Duplicate(&'static str),
    /// The `state` is not the expected one: the redirect belongs to another connection, or somebody made it up.
    #[error("the redirect's `state` is not the one this connection began with; begin again")]
    StateMismatch,
    /// It is no well-formed query.
    #[error("the redirect cannot be read: it {0}")]
    Malformed(&'static str),
    /// The connection was begun more than ten minutes ago, or later than now.
    #[error("the connection was not begun in the last ten minutes; begin again")]
    Expired,
}

/// What the provider said instead of giving a code. All of it is the provider's own text; the texts of errors show the
/// error code alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Denial {
    error: String,
    description: Option<String>,
    reason: Option<String>,
    uri: Option<String>,
}

impl CallbackError {
    /// The name of every kind of error, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 6] =
        ["denied", "missing", "duplicate", "state-mismatch", "malformed", "expired"];

    /// The kind of error's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(&self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [denied, missing, duplicate, state_mismatch, malformed, expired] = Self::NAMES;
        match self {
            Self::Denied(_) => denied,
            Self::Missing(_) => missing,
            Self::Duplicate(_) => duplicate,
            Self::StateMismatch => state_mismatch,
            Self::Malformed(_) => malformed,
            Self::Expired => expired,
        }
    }
}

impl Callback {
    /// Reads the redirect: a whole URL, the target of the request that a listener got (`/auth?code=…`), or the query
    /// alone, with or without its `?`.
    ///
    /// Anything from the first `#` is cut off (Instagram ends its redirects with `#_`). The state is compared before
    /// anything else is believed.
    ///
    /// # Errors
    /// [`CallbackError`]. Neither its text nor its `Debug` has a value of the redirect in it, but for the provider's error code.
    pub fn parse(query_or_url: &str, expected: &State) -> Result<Self, CallbackError> {
        let mut parameters = pairs(query(query_or_url))?;
        for name in ONCE {
            if parameters.iter().filter(|(other, _)| other == name).count() > 1 {
                return Err(CallbackError::Duplicate(name));
            }
        }
        let state = take(&mut parameters, "state").ok_or(CallbackError::Missing("state"))?;
        if !expected.matches(&state) {
            return Err(CallbackError::StateMismatch);
        }
        // Empty counts as absent.
        parameters.retain(|(name, value)| !(ONCE.contains(&name.as_str()) && value.expose().is_empty()));
        let callback = Self { state: expected.clone(), parameters };
        let granted = callback.code().is_some() || callback.get("oauth_verifier").is_some();
        match (callback.get("error"), granted) {
            (Some(_), true) => Err(CallbackError::Malformed("has both a `code` and an `error`")),
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
                return Err(CallbackError::Malformed("has a code longer than 8 KiB"));
            }
            if value.contains(char::is_control) {
                return Err(CallbackError::Malformed("has a control character in its code"));
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

    pub(crate) fn state(&self) -> &State {
        &self.state
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

/// Names only: any value may be a secret.
impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parameters.iter().map(|(name, _)| name)).finish()
    }
}

/// The query of a URL or of a request target (`/auth?code=…`), also where a person left out the scheme; or else the whole
/// text. Blanks around it come from copying.
fn query(text: &str) -> &str {
    let text = text.trim().split('#').next().unwrap_or_default();
    let is_url = url::split(text).is_some_and(|url| url.authority.is_some() || url.scheme.contains('.'));
    match text.split_once('?') {
        Some((before, query)) if is_url || text.starts_with('/') || !before.contains('=') => query,
        None if is_url || text.starts_with('/') => "",
        _ => text,
    }
}

fn pairs(query: &str) -> Result<Vec<(String, Secret)>, CallbackError> {
    if query.len() > QUERY_LIMIT {
        return Err(CallbackError::Malformed("is longer than 16 KiB"));
    }
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if pairs.len() == PAIR_LIMIT {
            return Err(CallbackError::Malformed("has more than 64 parameters"));
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decode = |text| {
            encode::decode(text, true)
                .ok_or(CallbackError::Malformed("has a percent-escape that is not UTF-8 text"))
        };
        pairs.push((decode(name)?, Secret::from(decode(value)?)));
    }
    Ok(pairs)
}

fn take(parameters: &mut Vec<(String, Secret)>, name: &str) -> Option<String> {
    let at = parameters.iter().position(|(other, _)| other == name)?;
    let (_, value) = parameters.remove(at);
    Some(value.expose().to_owned()).filter(|value| !value.is_empty())
}

impl Denial {
    /// The error code, such as `access_denied` (RFC 6749 §4.1.2.1).
    pub fn error(&self) -> &str {
        &self.error
    }

    /// `error_description`: text for a developer.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// `error_reason`, which Instagram adds: `user_denied`.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// `error_uri`: a page about the error. Do not open it unasked: anyone can write a redirect.
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    /// Whether access was denied, rather than something having failed: by the user, as a rule (RFC 6749 §4.1.2.1 allows
    /// the provider to say so by itself).
    pub fn is_by_user(&self) -> bool {
        self.error == "access_denied"
    }
}

/// The error code, if it is one (RFC 6749, appendix A.7) and short; a terminal must not obey what a redirect brings.
impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.error.len() <= 64 && self.error.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
        f.write_str(if plain { &self.error } else { "an error code that cannot be shown" })
    }
}

impl fmt::Debug for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Denial({self})")
    }
}

impl std::error::Error for Denial {}
