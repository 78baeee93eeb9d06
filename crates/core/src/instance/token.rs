//! The token of an instance.

use std::fmt;

use crate::privacy::Secret;

/// The token of one connected account. It is opaque: do not take it apart.
#[derive(Clone, PartialEq, Eq)]
pub struct InstanceToken(Secret);

impl InstanceToken {
    /// The token itself.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl AsRef<Secret> for InstanceToken {
    fn as_ref(&self) -> &Secret {
        &self.0
    }
}

impl From<String> for InstanceToken {
    fn from(text: String) -> Self {
        Self(Secret::from(text))
    }
}

impl From<&str> for InstanceToken {
    fn from(text: &str) -> Self {
        Self(Secret::from(text))
    }
}

impl fmt::Debug for InstanceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstanceToken(…)")
    }
}
