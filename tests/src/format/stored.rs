//! What an application kept, and what reading it gives: two releases can be compared by these files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A stored form.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StoredInput")]
pub struct Input {
    /// What was kept.
    pub kind: Kind,
    /// The JSON text, as the application kept it.
    pub text: String,
}

/// What an application keeps.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "StoredKind")]
pub enum Kind {
    /// An authorization that waits for its redirect.
    Pending,
    /// An authorization whose redirect was verified. It holds the code.
    Authorized,
    /// What finds a creation again.
    Record,
    /// An instance. It holds the token.
    Instance,
}

/// What it is read as.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StoredOutput")]
pub struct Output {
    /// The form in which this release would store it again.
    pub stored_again: Map<String, Value>,
}
