//! What a response comes to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::authorization::RequestToken;
use super::instance::{Connector, Instance};
use super::message::{Headers, Reply};
use super::operation::OperationName;

/// A response to an operation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ResponseInput")]
pub struct Input {
    /// What was called.
    pub operation: OperationName,
    /// What the first step was asked with; an OAuth URL is checked against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// What came.
    pub reply: Reply,
}

/// What the first step was asked with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The application's secret at the provider.
    pub api_secret: String,
    /// What comes back with the redirect.
    pub state: String,
    /// The platform that was asked; the source document's where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

/// What the operation makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "ResponseOutput")]
pub enum Output {
    /// Where to send the user.
    OauthUrl(AuthorizationUrl),
    /// A request token of OAuth 1.0a.
    RequestToken(RequestToken),
    /// An authorization that was started.
    Authorized(Started),
    /// One instance.
    Instance(Box<Instance>),
    /// A page of instances.
    Instances(Page),
    /// A page of connectors.
    Connectors(Connectors),
    /// One connector.
    Connector(Connector),
    /// The entries that a connector can be configured with.
    Configuration(Vec<Entry>),
    /// The entries of an instance's configuration.
    InstanceConfiguration(Vec<InstanceEntry>),
    /// One entry of an instance's configuration.
    InstanceEntry(InstanceEntry),
    /// The token is accepted.
    Pong(Pong),
    /// The response of an `instance-request`, as it came.
    Raw(Raw),
    /// The same, as JSON.
    Json(Json),
    /// The same, as one page of a list.
    Items(Items),
    /// Of operations that bring nothing, and of a search that finds nothing.
    Nothing,
}

/// Where to send the user.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthorizationUrl {
    /// The connector's key, as the platform names it.
    pub connector: Option<String>,
    /// The URL.
    pub url: String,
}

/// An authorization that was started.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Started {
    /// Where to send the user.
    pub url: String,
    /// What is stored until the redirect.
    pub pending: Map<String, Value>,
}

/// A page of instances.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "InstancePage")]
pub struct Page {
    /// Those that could be read.
    pub instances: Vec<Instance>,
    /// The token of the next page.
    pub next: Option<String>,
}

/// A page of connectors.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConnectorPage")]
pub struct Connectors {
    /// In the platform's order.
    pub connectors: Vec<Connector>,
    /// The token of the next page.
    pub next: Option<String>,
}

/// One entry of a connector's configuration.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question about an entry")]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its value where none is given.
    pub default_value: Option<String>,
    /// What kind of value it takes.
    #[serde(rename = "type")]
    pub value_type: Option<String>,
    /// Whether an instance cannot be made without it.
    pub required: bool,
    /// Whether the platform's own console leaves it out.
    pub hide_from_console: bool,
    /// Whether the caller has to give a value.
    pub needs_value: bool,
    /// Whether a value should not be shown while it is typed.
    pub is_secret: bool,
}

/// One entry of an instance's configuration.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstanceEntry {
    /// Its number.
    pub id: Option<u64>,
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Value,
}

/// The token is accepted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pong {
    /// The connector's key.
    pub endpoint: Option<String>,
    /// The platform's time, as it writes it.
    pub date_time: Option<String>,
    /// The number of the instance.
    pub instance_id: Option<u64>,
}

/// A response, as it came.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Raw {
    /// The status.
    #[schemars(range(min = 100, max = 999))]
    pub status: u16,
    /// All of them.
    pub headers: Headers,
    /// The body as text.
    pub body: String,
}

/// A body that was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Json {
    /// Its value.
    pub json: Value,
}

/// A page of anything.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Items {
    /// In the platform's order.
    pub items: Vec<Value>,
    /// The token of the next page.
    pub next: Option<String>,
}
