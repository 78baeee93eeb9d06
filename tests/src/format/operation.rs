//! The operations of the cases, with their parameters.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::message::Method;
use super::platform::Platform;
use super::unset;

/// An operation and its parameters.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "operation", content = "parameters", rename_all = "kebab-case")]
pub enum Operation {
    /// `GET /{nouns}/{key}/oauth/url`, or the same as `POST`.
    OauthUrl(OauthUrl),
    /// `POST /instances`.
    CreateInstance(Box<CreateInstance>),
    /// `GET /instances`.
    ListInstances(ListInstances),
    /// `GET /{nouns}/{key}/configuration`.
    ConnectorConfiguration(ConnectorConfiguration),
    /// A later call, with the instance's token.
    Call(Call),
    /// A call without an operation of its own, made with the library's builder.
    Custom(Custom),
}

/// Where to send the user.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OauthUrl {
    /// The connector's key.
    pub key: String,
    /// The application's key at the provider.
    pub api_key: String,
    /// The application's secret at the provider.
    pub api_secret: String,
    /// Where the provider sends the user back to.
    pub callback_url: String,
    /// What comes back with the redirect.
    pub state: String,
    /// In order, and as often as they are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<(String, String)>,
    /// POST with a JSON body.
    #[serde(default, skip_serializing_if = "unset")]
    pub in_body: bool,
    /// With the platform's Authorization header.
    #[serde(default, skip_serializing_if = "unset")]
    pub authorized: bool,
}

/// The creation of an instance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateInstance {
    /// The connector's key.
    pub key: String,
    /// The connection that the creation finishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finishes: Option<Connection>,
    /// What the provider gave.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provider_data: BTreeMap<String, String>,
    /// The configuration.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub configuration: BTreeMap<String, Value>,
    /// Configuration entries that there must be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// The tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Other members of the body.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Value>,
}

/// A connection from its first step to the redirect.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Where it was begun; on the platform of the case where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_on: Option<Platform>,
    /// The application's key at the provider.
    pub api_key: String,
    /// The application's secret at the provider.
    pub api_secret: String,
    /// Where the provider sends the user back to.
    pub callback_url: String,
    /// What comes back with the redirect.
    pub state: String,
    /// The redirect.
    pub redirect: String,
    /// The state of another connection, by which the redirect was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_with_state: Option<String>,
}

/// The list of instances.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListInstances {
    /// Only those with these tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The page that this token names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_page: Option<String>,
}

/// What a connector has to be told.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectorConfiguration {
    /// The connector's key.
    pub key: String,
}

/// A later call.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path, under the base URL.
    pub path: String,
    /// The instance's token.
    pub token: String,
    /// The Authorization header without the organization.
    #[serde(default, skip_serializing_if = "unset")]
    pub two_parts: bool,
    /// In order, and as often as they are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<(String, String)>,
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
    pub authorized: bool,
    /// The body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}
