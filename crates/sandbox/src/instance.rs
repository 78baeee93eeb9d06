//! One connected account.

use maud::Render as _;
use serde_json::{Map, Value, json};

use crate::catalogue::Connector;
use crate::noun::Noun;

pub(crate) struct Instance {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) connector: &'static Connector,
    pub(crate) configuration: Map<String, Value>,
    pub(crate) tags: Vec<String>,
}

/// What may be known about an instance without its token and its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceSummary {
    /// The number that the platform gave it.
    pub id: u64,
    /// The name that it was created with.
    pub name: String,
    /// The key of its connector, such as `instagram`.
    pub connector: String,
    /// The tags that it was created with.
    pub tags: Vec<String>,
}

impl Instance {
    pub(crate) fn summary(&self) -> InstanceSummary {
        InstanceSummary {
            id: self.id,
            name: self.name.clone(),
            connector: self.connector.key.to_owned(),
            tags: self.tags.clone(),
        }
    }

    /// The instance as the platform answers it. Names and tags come back HTML-sanitised.
    pub(crate) fn to_json(&self, noun: Noun) -> Value {
        json!({
            "id": self.id,
            "name": sanitised(&self.name),
            "token": self.token,
            noun.singular(): self.connector.to_json(),
            "provisionInteractions": [],
            "valid": true,
            "disabled": false,
            "maxCacheSize": 0,
            "cacheTimeToLive": 0,
            "configuration": self.configuration,
            "tags": self.tags.iter().map(|tag| sanitised(tag)).collect::<Vec<_>>(),
            "eventsEnabled": false,
            "cachingEnabled": false,
        })
    }
}

fn sanitised(text: &str) -> String {
    text.render().into_string()
}
