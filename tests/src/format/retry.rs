//! A call as a conversation: what is sent, what comes back, how long is waited, until it ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use your_moms_core::{Cause, Delivery};

use super::message::{self, Method};
use super::operation::Operation;

/// A call on the platform of the source document, and the whole conversation that it must lead. An implementation that
/// would send or wait otherwise says so; what is expected of it is the end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RetryInput")]
pub struct Input {
    /// What is called.
    #[serde(flatten)]
    pub operation: Operation,
    /// The tag by which a creation is found again: it is made exactly once. A plain call where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The library's own where nothing is said: three tries, 500 and 20000 milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// In order; the call ends after the last.
    #[schemars(length(min = 1))]
    pub steps: Vec<Step>,
}

/// How often a request is sent, and when.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How often at most.
    pub tries: u32,
    /// The longest wait after the first try, in milliseconds; it doubles with every further one.
    pub base_ms: u64,
    /// No wait is longer, in milliseconds.
    pub cap_ms: u64,
}

/// One step of a conversation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Step {
    /// A request and what comes back.
    Exchange(Exchange),
    /// A wait before the next request.
    Wait(Wait),
}

/// A request and what comes back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// What must be sent. The group `request` says more of requests.
    pub send: Sent,
    /// What the transport hands back.
    pub reply: Reply,
}

/// A request, as far as it tells one call from another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// Path and query after the base URL, byte for byte.
    pub target: String,
}

/// What a transport hands back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "ReplyOrLoss")]
pub enum Reply {
    /// A response.
    Response(message::Reply),
    /// No complete one.
    Lost(Loss),
}

/// No complete response.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// What the transport says of it.
    pub lost: Lost,
}

/// Why there is no complete response.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// How much of the call may have reached the platform.
    #[schemars(extend("enum" = Delivery::NAMES))]
    pub delivery: String,
    /// What went wrong.
    #[schemars(extend("enum" = Cause::NAMES))]
    pub kind: String,
    /// Of the head that came; with the delivery `answered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 999))]
    pub status: Option<u16>,
}

/// A wait.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// The shortest and the longest that will do, in milliseconds.
    pub wait_ms: (u64, u64),
}
