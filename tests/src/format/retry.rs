//! What a failed try comes to, and when the next is made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use your_moms_core::{Cause, Delivery};

use super::failure::Failure;
use super::message::Reply;

/// A try.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RetryInput")]
pub struct Input {
    /// What was called.
    pub operation: OperationName,
    /// Three tries, 500 and 20000 milliseconds where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// How often the request was sent, this try included. The tries before it were never sent.
    #[schemars(range(min = 1))]
    pub made: u32,
    /// What came of the last.
    #[serde(rename = "try")]
    pub last: Try,
}

/// Which operation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RetryOperation")]
#[expect(missing_docs, reason = "an operation is its name")]
pub enum OperationName {
    OauthUrl,
    OauthUrlInBody,
    CreateInstance,
    ListInstances,
    CallGet,
    CallPost,
    CallPut,
    CallPatch,
    CallDelete,
}

/// How often a request is sent, and when.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How often at most.
    pub tries: u32,
    /// The wait after the first, in milliseconds; it doubles.
    pub base_ms: u64,
    /// The longest wait.
    pub cap_ms: u64,
}

/// What a transport hands back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Try {
    /// A response.
    Answered(Reply),
    /// No complete one.
    Lost(Lost),
}

/// No complete response.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// How much of the call may have reached the platform.
    #[schemars(extend("enum" = Delivery::NAMES))]
    pub delivery: String,
    /// What went wrong.
    #[schemars(extend("enum" = Cause::NAMES))]
    pub cause: String,
    /// Of the head that came; with the delivery `answered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 999))]
    pub status: Option<u16>,
}

/// What the try came to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RetryOutput")]
pub struct Output {
    /// The shortest and the longest wait before the next try, in milliseconds; null where there is none.
    pub wait_ms: Option<(u64, u64)>,
    /// How it failed, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}
