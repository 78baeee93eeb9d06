//! Values of a configuration: text, numbers, booleans, null.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Json;
use super::members;
use crate::privacy::Secret;

/// One value of an instance's configuration. Mostly text, also where a number or a boolean is meant (`"100"`,
/// `"false"`). `Debug` shows the kind only: a value may be a provider's token.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConfigurationValue {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// Text, which may be secret.
    Text(Secret),
    /// A number with its digits as they came, or anything a later platform may put there.
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

    /// The value whose JSON is `text`.
    pub(super) fn from_text(text: &str) -> Self {
        Self::simple(text).unwrap_or_else(|| Self::Other(Json::from_text(text)))
    }

    fn simple(text: &str) -> Option<Self> {
        match text {
            "null" => Some(Self::Null),
            "true" => Some(Self::Bool(true)),
            "false" => Some(Self::Bool(false)),
            _ => members::string(text).map(|text| Self::from(text.into_owned())),
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
        Self::Other(Json::from_text(&number.to_string()))
    }
}

impl From<Json> for ConfigurationValue {
    fn from(json: Json) -> Self {
        Self::simple(json.text()).unwrap_or(Self::Other(json))
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
        Json::deserialize(deserializer).map(Self::from)
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
