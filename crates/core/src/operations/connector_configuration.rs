//! `GET /{nouns}/{key}/configuration`: what a connector must be told when an instance of it is made.

use http::{Method, Request, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{BuildError, Operation, Platform, ResponseError, json};

/// Asks which configuration entries a connector has. The required ones are what
/// [`CreateInstance::require`](crate::CreateInstance::require) wants to know.
#[derive(Clone, Debug)]
pub struct ConnectorConfiguration {
    key: String,
}

impl ConnectorConfiguration {
    /// Of the connector with this key (`instagram`).
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into() }
    }
}

/// One entry that a connector can be configured with. Members of the answer that are not here are passed over.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ConfigurationEntry {
    /// The entry's key: `oauth.api.key`.
    pub key: String,
    /// A label for a person.
    #[serde(default, deserialize_with = "or_default")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(default, deserialize_with = "or_default")]
    pub description: Option<String>,
    /// What the platform uses where nothing is given.
    #[serde(default, deserialize_with = "or_default")]
    pub default_value: Option<String>,
    /// Whether an instance cannot be made without it.
    #[serde(default, deserialize_with = "or_default")]
    pub required: bool,
}

/// A member that is null or of an odd type counts as absent: one of them must not hide all other entries.
fn or_default<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Value::deserialize(deserializer).map(|value| T::deserialize(value).unwrap_or_default())
}

impl ConfigurationEntry {
    /// Whether the caller has to give a value: it is required and the platform has none of its own.
    pub fn is_wanted(&self) -> bool {
        self.required && self.default_value.as_deref().unwrap_or_default().is_empty()
    }
}

impl Operation for ConnectorConfiguration {
    type Output = Vec<ConfigurationEntry>;
    const NAME: &'static str = "connector-configuration";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let path = [platform.vocabulary().nouns(), &self.key, "configuration"];
        let request = platform.request(Method::GET).authorize_platform();
        path.iter().fold(request, |request, segment| request.segment(segment)).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Vec<ConfigurationEntry>, ResponseError> {
        json::read(&response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_members_hide_no_entry() {
        let body = br#"[{"key": "a", "required": null, "defaultValue": false, "name": 1}, {"key": "b", "required": true}]"#;
        let entries = ConnectorConfiguration::parse(Response::new(body.as_slice())).unwrap();
        let wanted: Vec<_> = entries.iter().map(|entry| (entry.key.as_str(), entry.is_wanted())).collect();
        assert_eq!(wanted, [("a", false), ("b", true)]);
    }
}
