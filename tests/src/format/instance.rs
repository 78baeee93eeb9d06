//! An instance: what is told of it, and what is kept.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// An instance.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// The platform's number for it.
    pub id: u64,
    /// What every further call needs.
    pub token: String,
    /// Its name.
    pub name: Option<String>,
    /// What it connects to.
    pub connector: Option<Connector>,
    /// Its configuration.
    pub configuration: Map<String, Value>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether the platform considers its authorization valid.
    pub valid: Option<bool>,
    /// Whether it is disabled.
    pub disabled: Option<bool>,
    /// Everything that is kept of the response: every member that came.
    pub kept: Map<String, Value>,
}

/// A connector, as an instance names it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connector {
    /// The platform's number for it.
    pub id: Option<u64>,
    /// Its key.
    pub key: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The kind of service.
    pub hub: Option<String>,
    /// How accounts are authenticated.
    pub authentication: Option<String>,
}
