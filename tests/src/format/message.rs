//! Parts of HTTP messages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A response as it came.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The status.
    #[schemars(range(min = 100, max = 999))]
    pub status: u16,
    /// In order, and as often as they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// No body where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// A body, in one of three forms.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Body {
    /// JSON, written compactly.
    Json(Value),
    /// Text, as it is.
    Text(String),
    /// Any bytes.
    Base64(String),
}

/// Lower-case names to values.
pub type Headers = BTreeMap<String, HeaderValues>;

/// The value of a header; a list where it comes more than once.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum HeaderValues {
    /// It comes once.
    One(String),
    /// In order.
    Several(Vec<String>),
}

/// A method, in capitals.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "a method is its name")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}
