//! What a response comes to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::instance::Instance;
use super::message::{Headers, Reply};

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

/// Which operation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ResponseOperation")]
pub enum OperationName {
    /// Where to send the user.
    OauthUrl,
    /// The creation of an instance.
    CreateInstance,
    /// The list of instances.
    ListInstances,
    /// What a connector has to be told.
    ConnectorConfiguration,
    /// A later call.
    Call,
    /// A later call whose response is read as JSON.
    CallJson,
}

/// What the first step was asked with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The application's secret at the provider.
    pub api_secret: String,
    /// What comes back with the redirect.
    pub state: String,
}

/// What the operation makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "ResponseOutput")]
pub enum Output {
    /// `oauth-url`
    OauthUrl(AuthorizationUrl),
    /// `create-instance`
    Instance(Box<Instance>),
    /// `list-instances`
    Page(Page),
    /// `connector-configuration`
    Configuration(Vec<Entry>),
    /// `call`
    Raw(Raw),
    /// `call-json`
    Json(Json),
}

/// Where to send the user.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthorizationUrl {
    /// The connector's key, as the platform names it.
    pub key: Option<String>,
    /// The URL.
    pub url: String,
}

/// A page of instances.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Those that could be read.
    pub instances: Vec<Instance>,
    /// Those that could not, as they came.
    pub unreadable: Vec<Value>,
    /// The token of the next page.
    pub next: Option<String>,
}

/// One entry of a connector's configuration.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its value where none is given.
    pub default_value: Option<String>,
    /// Whether there must be one.
    pub required: bool,
    /// Whether the caller has to give a value.
    pub wanted: bool,
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
