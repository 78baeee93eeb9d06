//! The body of a creation.

use std::collections::BTreeMap;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::instance::{ConfigurationValue, Json};
use crate::oauth::ConnectorKey;
use crate::privacy::Secret;

/// The body of the request: the source document's `instance.json`.
pub(super) struct CreateBody<'a> {
    pub(super) noun: &'a str,
    pub(super) connector: &'a ConnectorKey,
    pub(super) provider_data: &'a BTreeMap<String, Secret>,
    pub(super) configuration: &'a BTreeMap<String, ConfigurationValue>,
    pub(super) tags: &'a [String],
    pub(super) marker: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) fields: &'a BTreeMap<String, Json>,
}

impl Serialize for CreateBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry(self.noun, &Connector(self.connector))?;
        if !self.provider_data.is_empty() {
            members.serialize_entry("providerData", &Exposed(self.provider_data))?;
        }
        if !self.configuration.is_empty() {
            members.serialize_entry("configuration", self.configuration)?;
        }
        members.serialize_entry("tags", &Tags(self.tags, self.marker))?;
        members.serialize_entry("name", self.name.unwrap_or(self.marker))?;
        for (name, value) in self.fields {
            members.serialize_entry(name, value)?;
        }
        members.end()
    }
}

/// By its number, or by its key.
struct Connector<'a>(&'a ConnectorKey);

impl Serialize for Connector<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.id() {
            Some(id) => serializer.collect_map([("id", id)]),
            None => serializer.collect_map([("key", self.0)]),
        }
    }
}

/// Secrets in the body of a request, which is where they belong.
struct Exposed<'a>(&'a BTreeMap<String, Secret>);

impl Serialize for Exposed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value.expose())))
    }
}

/// The caller's tags, and the marker.
struct Tags<'a>(&'a [String], &'a str);

impl Serialize for Tags<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(String::as_str).chain([self.1]))
    }
}
