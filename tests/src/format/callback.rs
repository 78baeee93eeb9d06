//! What a provider's redirect comes to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A redirect.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CallbackInput")]
pub struct Input {
    /// A URL, the target of a request, or a query.
    pub redirect: String,
    /// The state that the authorization was started with.
    pub state: String,
    /// The redirect comes at once where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
}

/// When the authorization was started and when the redirect came, in seconds of one clock.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// When it was started.
    pub started: u64,
    /// When the redirect came.
    pub now: u64,
}

/// A redirect that was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CallbackOutput")]
pub struct Output {
    /// The code, if there is one.
    pub code: Option<String>,
    /// Everything but the state, decoded, in its order.
    pub parameters: Vec<(String, String)>,
}
