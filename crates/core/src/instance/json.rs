//! A JSON value as its text.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::members;
use crate::error::BuildError;
use crate::privacy::Secret;

/// A JSON value that this crate has no type for, as its text: numbers keep their digits and objects the order of their
/// members. `Debug` does not show it, two are equal if their texts are, and the memory is wiped on drop.
///
/// It is read from and written as JSON only.
#[derive(Clone, PartialEq)]
pub struct Json(Secret);

impl Json {
    /// `value` as JSON.
    ///
    /// # Errors
    /// [`BuildError::Body`] if it cannot be written as JSON.
    pub fn new(value: &impl Serialize) -> Result<Self, BuildError> {
        serde_json::to_string(value).map(|text| Self(Secret::from(text))).map_err(|_| BuildError::Body)
    }

    /// The value as a `T`; `None` if it is not one.
    pub fn to<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.text()).ok()
    }

    /// A value whose text was read as JSON before.
    pub(super) fn from_text(text: &str) -> Self {
        Self(Secret::from(text))
    }

    pub(super) fn text(&self) -> &str {
        self.0.expose()
    }

    /// Whether any string in it, however deep, is such a text. Names of members are not asked.
    pub(crate) fn any_text(&self, is_such: fn(&str) -> bool) -> bool {
        let mut rest = self.text();
        // In valid JSON the next quote always begins a string, so no tree is needed, and no depth is too deep.
        while let Some((string, after)) = next_string(rest) {
            let is_name = after.trim_ascii_start().starts_with(':');
            if !is_name && members::string(string).is_some_and(|text| is_such(&text)) {
                return true;
            }
            rest = after;
        }
        false
    }
}

/// The first string in `json`, and what follows it.
fn next_string(json: &str) -> Option<(&str, &str)> {
    members::split_value(json.get(json.find('"')?..)?)
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(self.text()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // One allocation, which is moved and never copied.
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self(Secret::from(String::from(Box::<str>::from(raw)))))
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_however_deep_and_names_are_no_texts() {
        let any = |json: &str| Json::from_text(json).any_text(|text| text == "a\"é");
        let deep = |inside: &str| format!("{}{inside}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(any(r#"{"x": ["\\", "\ud800", 1e999, "a\"\u00e9"]}"#));
        assert!(any(&deep(r#""a\"é""#)));
        assert!(!any(&deep(r#"{"a\"é" : "a\"", "b": {"a\"é":null}}"#)));
    }
}
