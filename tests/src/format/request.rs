//! What is sent for an operation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::message::Headers;
use super::operation::Operation;
use super::platform::Platform;

/// An operation, on a platform.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RequestInput")]
pub struct Input {
    /// Where it is sent.
    pub platform: Platform,
    /// What is called.
    #[serde(flatten)]
    pub operation: Operation,
    /// A further header, which any operation takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_header: Option<(String, String)>,
}

/// A request as it goes over the wire, without the client's `User-Agent`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RequestOutput")]
pub struct Output {
    /// In capitals.
    pub method: String,
    /// Byte for byte.
    pub url: String,
    /// All of them.
    pub headers: Headers,
    /// The body as a JSON value; null where there is none.
    pub body: Option<Value>,
}
