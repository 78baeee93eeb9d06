//! Text that is never printed.

use std::fmt;

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A user or organization secret, a client secret, a code, a token.
///
/// `Debug` prints a fixed text, there is no `Display` and no `Serialize`; comparison takes the same time wherever the
/// two differ; the memory is wiped on drop. [`Secret::expose`] is the one way to the text.
///
/// ```
/// use your_moms_core::Secret;
///
/// let secret = Secret::from("5MOr3Sl/E4k=");
/// assert_eq!(format!("{secret:?}"), "Secret(…)");
/// assert_eq!(secret.expose(), "5MOr3Sl/E4k=");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Secret {}

/// Reads a secret. The error for anything but text does not quote what stands there, as serde's own would.
pub(crate) fn secret_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Text {
        Text(String),
        Other(IgnoredAny),
    }
    match Text::deserialize(deserializer)? {
        Text::Text(text) => Ok(Secret::from(text)),
        Text::Other(_) => Err(D::Error::custom("this must be text")),
    }
}
