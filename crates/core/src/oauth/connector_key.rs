//! Which connector is meant.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{BuildError, ValueErrorKind};
use crate::text::{is_placeholder, visible};

/// Names a connector: by its key (`instagram`), or by its number on the platform (`143`). Text that consists of digits is a
/// number; a clone of a connector, which shares the key of its original, is named by it.
///
/// ```
/// use your_moms_core::ConnectorKey;
///
/// assert_eq!(ConnectorKey::new("instagram")?.id(), None);
/// assert_eq!(ConnectorKey::new("143")?.id(), Some(143));
/// assert!(ConnectorKey::new("../instances").is_err());
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ConnectorKey(String);

impl ConnectorKey {
    /// Checks `key`.
    ///
    /// # Errors
    /// [`BuildError::ConnectorKey`] for one that is empty, a sample's placeholder, has a control character, a slash or
    /// surrounding white space, or is `.` or `..`.
    pub fn new(key: impl Into<String>) -> Result<Self, BuildError> {
        let key = key.into();
        let kind = if key.trim().is_empty() {
            ValueErrorKind::Empty
        } else if is_placeholder(&key) {
            ValueErrorKind::Placeholder
        } else if key.trim() != key {
            ValueErrorKind::NotVisibleAscii
        } else if visible::has_control(&key) {
            ValueErrorKind::ControlCharacter
        } else if key.contains('/') || matches!(key.as_str(), "." | "..") {
            ValueErrorKind::NotOneSegment
        } else {
            return Ok(Self(key));
        };
        Err(BuildError::ConnectorKey(kind))
    }

    /// The key or number, as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if the connector is named by one.
    pub fn id(&self) -> Option<u64> {
        let digits = self.0.bytes().all(|byte| byte.is_ascii_digit());
        if digits { self.0.parse().ok() } else { None }
    }
}

impl fmt::Display for ConnectorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ConnectorKey {
    type Error = BuildError;

    fn try_from(key: String) -> Result<Self, BuildError> {
        Self::new(key)
    }
}

impl TryFrom<&str> for ConnectorKey {
    type Error = BuildError;

    fn try_from(key: &str) -> Result<Self, BuildError> {
        Self::new(key)
    }
}

impl From<&ConnectorKey> for ConnectorKey {
    fn from(key: &ConnectorKey) -> Self {
        key.clone()
    }
}
