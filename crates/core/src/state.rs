//! The `state` that ties a redirect to the connection that asked for it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::BuildError;

/// What comes back with the redirect and proves that it belongs to this connection (RFC 6749 §10.12).
///
/// Use each once. Left out, the platform would use the connector's key, which anyone can guess; so it never is.
///
/// ```
/// use your_moms_core::State;
///
/// // 32 bytes from the operating system's random source; constant here so that the example can be checked.
/// let state = State::from_random([7; 32]);
/// assert_eq!(state.as_str(), "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc");
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct State(String);

impl State {
    /// A state of 32 random bytes, as base64url (RFC 4648 §5) without padding.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A state of the caller's own making. It must not be guessable.
    ///
    /// # Errors
    /// [`BuildError::State`] unless it is 1 to 1024 characters of visible ASCII (RFC 6749, appendix A.5).
    pub fn new(text: impl Into<String>) -> Result<Self, BuildError> {
        let text = text.into();
        let fault = if text.is_empty() {
            "is empty; anyone could guess it"
        } else if text.len() > 1024 {
            "is longer than 1024 characters"
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            "holds white space or a character outside ASCII"
        } else {
            return Ok(Self(text));
        };
        Err(BuildError::State { fault })
    }

    /// The text, as it stands in a URL before percent-encoding.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in constant time, so that an answer's delay tells nobody how much of a guess was right.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

impl TryFrom<String> for State {
    type Error = BuildError;

    fn try_from(text: String) -> Result<Self, BuildError> {
        Self::new(text)
    }
}

/// Whoever reads the state can complete somebody else's connection; a log needs it as little as a code.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State(…)")
    }
}
