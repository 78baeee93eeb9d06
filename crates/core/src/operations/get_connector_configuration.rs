//! `GET /{nouns}/{keyOrId}/configuration`: what a connector must be told when an instance of it is made.

use http::{Method, Request, Response};
use serde::Deserialize;

use super::Operation;
use crate::error::{BuildError, ResponseError};
use crate::oauth::ConnectorKey;
use crate::platform::Platform;
use crate::wire::{FromResponse, RequestBuilder, or_default};

/// `GET /{nouns}/{keyOrId}/configuration`: asks which configuration entries a connector has. The required ones are what
/// [`CreateInstance::require`](crate::CreateInstance::require) takes.
#[derive(Clone, Debug)]
pub struct GetConnectorConfiguration {
    connector: ConnectorKey,
}

impl GetConnectorConfiguration {
    /// Of the connector with this key or number.
    pub fn new(connector: ConnectorKey) -> Self {
        Self { connector }
    }
}

/// One entry that a connector can be configured with. Members of the response that are not here are ignored.
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
    /// What kind of value it takes, in the platform's words: `TEXTFIELD_32`, `PASSWORD`, `BOOLEAN`, …
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    pub value_type: Option<String>,
    /// Whether an instance cannot be made without it.
    #[serde(default, deserialize_with = "or_default")]
    pub required: bool,
    /// Whether the platform's own console leaves it out.
    #[serde(default, deserialize_with = "or_default")]
    pub hide_from_console: bool,
}

impl ConfigurationEntry {
    /// Whether the caller has to give a value: it is required, and the platform has no default.
    pub fn needs_value(&self) -> bool {
        self.required && self.default_value.as_deref().unwrap_or_default().is_empty()
    }

    /// Whether a value should not be shown while it is typed: by the entry's type, or, where the platform does not give one,
    /// by what its key says.
    pub fn is_secret(&self) -> bool {
        let of_type =
            self.value_type.as_deref().is_some_and(|name| name.to_ascii_uppercase().contains("PASSWORD"));
        let key = self.key.to_ascii_lowercase();
        of_type || ["secret", "password", "token", "private"].iter().any(|word| key.contains(word))
    }
}

impl Operation for GetConnectorConfiguration {
    type Output = Vec<ConfigurationEntry>;
    const NAME: &'static str = "get-connector-configuration";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        RequestBuilder::new(platform, Method::GET)
            .segment(platform.vocabulary().nouns())
            .segment(self.connector.as_str())
            .segment("configuration")
            .authorize_platform()
            .build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Vec<ConfigurationEntry>, ResponseError> {
        FromResponse::from_response(&response)
    }
}
