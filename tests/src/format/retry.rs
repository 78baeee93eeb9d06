//! A call as a conversation: what is sent, what comes back, how long is waited, until it ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use your_moms_core::{Delivery, TransportErrorKind};

use super::message::{self, Method};
use super::operation::Operation;
use super::unset;

/// A call on the platform of the source document, and the whole conversation that it must lead. An implementation that
/// would send or wait otherwise says so; what is expected of it is the end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RetryInput")]
pub struct Input {
    /// What is called. A creation is made exactly once.
    #[serde(flatten)]
    pub operation: Operation,
    /// Whether a list is followed to its end.
    #[serde(default, skip_serializing_if = "unset")]
    pub all_pages: bool,
    /// The library's default where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// In order; the call ends after the last. None where nothing may be sent.
    pub steps: Vec<Step>,
    /// The same creation once more, after it has ended: what it sends then. `expect` is its second end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Vec<Step>>,
}

/// How often a request is sent, and when.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Policy {
    /// A named one.
    Named(NamedPolicy),
    /// One of its own; the default of what it leaves out.
    Own(OwnPolicy),
}

/// A policy of the library's.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NamedPolicy {
    /// Everything is sent once, nothing is waited for, and a creation that may have happened is looked for once.
    Never,
}

/// A policy of the caller's.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnPolicy {
    /// How often a request is sent at most; 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
    /// The longest wait after the first try, in milliseconds; it doubles with every further one; 500.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_ms: Option<u64>,
    /// No wait before another try is longer, in milliseconds; 20000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_ms: Option<u64>,
    /// How long a creation is searched for, in milliseconds of waiting; 35000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_ms: Option<u64>,
    /// How long the call may take in all, in milliseconds; 120000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u64>,
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
    /// How long that took, in milliseconds, as the transport tells; no time where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
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
    #[schemars(extend("enum" = TransportErrorKind::NAMES))]
    pub kind: String,
    /// Of the head that came; with the delivery `response-started`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 999))]
    pub status: Option<u16>,
    /// What arrived of the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial_body: Option<String>,
}

/// A wait.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// The shortest and the longest that will do, in milliseconds.
    pub wait_ms: (u64, u64),
}
