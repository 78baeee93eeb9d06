//! The parameters of the operations: shapes that several share, and those that one has to itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::authorization::{Authorization, Registration, RequestToken};
use super::entropy::Entropy;
use super::message::Method;
use super::unset;

/// Where to send the user.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetOauthUrl {
    /// The application.
    pub registration: Registration,
    /// What comes back with the redirect.
    pub state: String,
    /// The request token of OAuth 1.0a.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_token: Option<RequestToken>,
}

/// The request token of OAuth 1.0a.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetOauth1Token {
    /// The application.
    pub registration: Registration,
}

/// Which instance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "InstanceTarget")]
pub enum Target {
    /// The one with this number.
    Id(u64),
    /// The one whose token this is.
    Token(String),
}

/// A call about one instance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfInstance {
    /// Which one.
    pub instance: Target,
}

/// A call about one connector.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfConnector {
    /// Its key, or its number in digits.
    pub connector: String,
}

/// The list of instances.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListInstances {
    /// Only those of this connector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connector: Option<String>,
    /// Only those with these tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Only those in which this text is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// How many a page has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// The page that this token names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_page: Option<String>,
}

/// A change of an instance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateInstance {
    /// Which one.
    pub instance: Target,
    /// The new authorization that it gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Box<Authorization>>,
    /// Its new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its new tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
}

/// The tags that an instance gets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTags")]
pub struct Tags {
    /// The instance, as the platform described it before.
    pub before: Map<String, Value>,
    /// The new tags.
    pub after: Vec<String>,
}

/// A change of one entry of an instance's configuration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateInstanceConfiguration {
    /// Which instance.
    pub instance: Target,
    /// The entry's key, or its number in digits.
    pub entry: String,
    /// Its new value.
    pub value: Value,
}

/// The list of connectors.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListConnectors {
    /// Only those for which this condition holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// How many a page has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// The page that this token names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_page: Option<String>,
}

/// Whether a token is accepted.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ping {
    /// The instance's token.
    pub token: String,
}

/// Any call with the instance's token.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstanceRequest {
    /// The method.
    pub method: Method,
    /// The path, under the base URL.
    pub path: String,
    /// The instance's token.
    pub token: String,
    /// The Authorization header without the organization.
    #[serde(default, skip_serializing_if = "unset")]
    pub without_organization: bool,
    /// Whether sending it twice does no more than sending it once; as its method says where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<bool>,
    /// In order, and as often as they are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<(String, String)>,
    /// Further headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// The body as a map whose keys may be anything, entry by entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<(Value, Value)>>,
}

/// A call that the library has no operation for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Custom {
    /// The method.
    pub method: Method,
    /// The path, segment by segment.
    pub segments: Vec<String>,
    /// In order, and as often as they are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<(String, String)>,
    /// With the platform's Authorization header.
    #[serde(default, skip_serializing_if = "unset")]
    pub with_authorization: bool,
    /// The body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

/// The first step as a whole.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authorize {
    /// The application.
    pub registration: Registration,
    /// The random bytes that state and marker are made of.
    #[serde(default, skip_serializing_if = "Entropy::is_default")]
    pub entropy: Entropy,
    /// The current time, in seconds since 1970-01-01T00:00:00Z.
    pub now: u64,
}

/// The search for a creation whose outcome is unknown.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The stored record of the creation.
    pub record: Map<String, Value>,
}
