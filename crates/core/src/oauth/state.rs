//! The `state` that ties a redirect to the authorization that asked for it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::Entropy;
use crate::error::{BuildError, ValueErrorKind};

/// What comes back with the redirect and proves that it belongs to this authorization (RFC 6749 §10.12).
///
/// Applications never make one: [`Client::authorize`](crate::Client::authorize) draws it. If it were left out, the platform
/// would use the connector's key, which anyone can guess.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct State(String);

impl State {
    /// 32 random bytes as base64url (RFC 4648 §5) without padding.
    pub(crate) fn of(entropy: &Entropy) -> Self {
        Self(URL_SAFE_NO_PAD.encode(entropy.state_bytes()))
    }

    /// A state of given text, to build or read what another program has started. It proves nothing if it can be guessed.
    ///
    /// # Errors
    /// [`BuildError::State`] unless it is 1 to 1024 characters of visible ASCII (RFC 6749, appendix A.5).
    pub fn new(text: impl Into<String>) -> Result<Self, BuildError> {
        let text = text.into();
        let kind = if text.is_empty() {
            ValueErrorKind::Empty
        } else if text.len() > 1024 {
            ValueErrorKind::TooLong
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            ValueErrorKind::NotVisibleAscii
        } else {
            return Ok(Self(text));
        };
        Err(BuildError::State(kind))
    }

    /// The text, as it stands in a URL before percent-encoding.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in constant time, so that the delay of a response tells nobody how much of a guess was right.
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

/// Anyone who reads the state can complete somebody else's authorization; a log needs it as little as a code.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State(…)")
    }
}
