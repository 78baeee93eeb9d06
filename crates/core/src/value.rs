//! Values of a configuration: text, numbers, booleans, null.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{BuildError, Secret};

/// One value of an instance's configuration. Mostly text, also where a number or a boolean is meant (`"100"`,
/// `"false"`). `Debug` tells the kind only: a value may be a provider's token.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConfigurationValue {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// Text, which may be secret.
    Text(Secret),
    /// A number, or anything a later platform may put there.
    Other(Json),
}

impl ConfigurationValue {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.expose()),
            _ => None,
        }
    }

    /// Whether there is nothing in it: null or empty text.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.expose().is_empty(),
            _ => false,
        }
    }
}

impl From<Value> for ConfigurationValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::String(text) => Self::Text(Secret::from(text)),
            other => Self::Other(Json(other)),
        }
    }
}

impl From<&str> for ConfigurationValue {
    fn from(text: &str) -> Self {
        Self::Text(Secret::from(text))
    }
}

impl From<String> for ConfigurationValue {
    fn from(text: String) -> Self {
        Self::Text(Secret::from(text))
    }
}

impl From<Secret> for ConfigurationValue {
    fn from(text: Secret) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for ConfigurationValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for ConfigurationValue {
    fn from(number: i64) -> Self {
        Self::Other(Json(Value::from(number)))
    }
}

impl From<Json> for ConfigurationValue {
    fn from(value: Json) -> Self {
        Self::from(value.0)
    }
}

impl Serialize for ConfigurationValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Text(text) => serializer.serialize_str(text.expose()),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ConfigurationValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl fmt::Debug for ConfigurationValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(true) => "Bool(true)",
            Self::Bool(false) => "Bool(false)",
            Self::Text(_) => "Text(…)",
            Self::Other(_) => "Other(…)",
        })
    }
}

/// A JSON value that this crate has no type for. `Debug` does not show it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(pub(crate) Value);

impl Json {
    /// `value` as JSON.
    ///
    /// # Errors
    /// [`BuildError::Body`] if it cannot be written as JSON.
    pub fn new(value: &impl Serialize) -> Result<Self, BuildError> {
        serde_json::to_value(value).map(Self).map_err(|_| BuildError::Body)
    }

    /// Whether any text in it, however deep, is such a text.
    pub(crate) fn any_text(&self, is_such: fn(&str) -> bool) -> bool {
        fn any(value: &Value, is_such: fn(&str) -> bool) -> bool {
            match value {
                Value::String(text) => is_such(text),
                Value::Array(items) => items.iter().any(|item| any(item, is_such)),
                Value::Object(members) => members.values().any(|member| any(member, is_such)),
                _ => false,
            }
        }
        any(&self.0, is_such)
    }

    /// The value as a `T`; `None` if it is not one.
    pub fn to<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.0).ok()
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(…)")
    }
}
