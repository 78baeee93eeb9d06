//! The tag by which one creation is found again.

use std::fmt::{self, Write as _};

use super::Entropy;

const PREFIX: &str = "ym-";

/// The tag by which one creation is found again: `ym-` and 32 hexadecimal digits. The platform shows it to everyone who sees
/// the instance, and it gives no access.
///
/// It is neither `Clone` nor made from text of the caller's: two creations with one marker could be mistaken for each other.
#[derive(PartialEq, Eq)]
pub struct Marker(String);

impl Marker {
    /// The marker of one creation.
    #[expect(clippy::needless_pass_by_value, reason = "entropy is good for one use")]
    pub fn new(entropy: Entropy) -> Self {
        Self::of(&entropy)
    }

    pub(crate) fn of(entropy: &Entropy) -> Self {
        let bytes = entropy.marker_bytes();
        let mut text = String::with_capacity(PREFIX.len() + 2 * bytes.len());
        text.push_str(PREFIX);
        for byte in bytes {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `tag` is this marker. Deployments may change its case.
    pub(crate) fn is(&self, tag: &str) -> bool {
        self.0.eq_ignore_ascii_case(tag)
    }

    /// Whether `tag` has the form of a marker.
    pub(crate) fn is_one(tag: &str) -> bool {
        let digits = tag.get(..PREFIX.len()).filter(|prefix| prefix.eq_ignore_ascii_case(PREFIX));
        let digits = digits.and_then(|_| tag.get(PREFIX.len()..)).unwrap_or_default();
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// For this creation's own record.
    pub(crate) fn copy(&self) -> Self {
        Self(self.0.clone())
    }
}

impl fmt::Debug for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Marker({})", self.0)
    }
}

/// The marker in stored forms, which are the only text that one is read from.
pub(crate) mod marker_text {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Marker;

    pub(crate) fn serialize<S: Serializer>(marker: &Marker, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(marker.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Marker, D::Error> {
        let text = String::deserialize(deserializer)?;
        let error = || serde::de::Error::custom("this is not a marker");
        if Marker::is_one(&text) { Ok(Marker(text)) } else { Err(error()) }
    }
}
