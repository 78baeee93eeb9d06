//! One connected account.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use crate::account::AccountId;
use crate::behaviour::Behaviour;
use crate::catalogue::Connector;
use crate::noun::Noun;
use crate::provider::Provider;

pub(crate) use store::{Instances, Mark};

mod configuration;
mod store;

pub(crate) struct Instance {
    pub(crate) id: u64,
    pub(crate) account: AccountId,
    /// The account at the provider that allowed it, where somebody was asked.
    pub(crate) granted_by: Option<String>,
    pub(crate) name: String,
    pub(crate) token: String,
    /// Changed by [`Instances::move_to`] only.
    pub(crate) connector: Arc<Connector>,
    configuration: Map<String, Value>,
    /// The keys in it that the connector does not know, in the order in which they came.
    unknown_entries: Vec<String>,
    /// Changed by [`Instances::replace_tags`] only, which knows where to find them.
    tags: Vec<String>,
    created: SystemTime,
    pub(crate) disabled: bool,
    /// Whether the provider still accepts what it was authorized with.
    pub(crate) valid: bool,
}

/// What may be known about an instance without its token and its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceSummary {
    /// The number that the platform gave it.
    pub id: u64,
    /// Its name, without markup.
    pub name: String,
    /// The key of its connector, such as `instagram`.
    pub connector: String,
    /// Whose account at the provider it is, such as `sandbox.traveller`.
    pub account: String,
    /// Its tags, without markup.
    pub tags: Vec<String>,
}

/// What the caller decides about an instance.
pub(crate) struct Draft {
    pub(crate) account: AccountId,
    pub(crate) granted_by: Option<String>,
    pub(crate) name: String,
    pub(crate) connector: Arc<Connector>,
    pub(crate) configuration: Map<String, Value>,
    pub(crate) tags: Vec<String>,
}

impl Instance {
    pub(crate) fn new(id: u64, token: String, draft: Draft, created: SystemTime) -> Self {
        let Draft { account, granted_by, name, connector, configuration, tags } = draft;
        let mut instance = Self {
            id,
            account,
            granted_by,
            name,
            token,
            connector,
            configuration: Map::new(),
            unknown_entries: Vec::new(),
            tags,
            created,
            disabled: false,
            valid: true,
        };
        instance.configure(configuration);
        instance
    }

    pub(crate) fn tags(&self) -> &[String] {
        &self.tags
    }

    pub(crate) fn summary(&self, provider: &Provider) -> InstanceSummary {
        InstanceSummary {
            id: self.id,
            name: self.name.clone(),
            connector: self.connector.key.clone(),
            account: self.provider_account(provider).to_owned(),
            tags: self.tags.clone(),
        }
    }

    /// Whose account at the provider it is.
    pub(crate) fn provider_account<'a>(&'a self, provider: &'a Provider) -> &'a str {
        let granted = self.granted_by.as_deref();
        granted.unwrap_or_else(|| provider.account_in(&self.connector, &self.configuration))
    }

    /// The instance as the platform shows it, with or without the secrets of its configuration.
    pub(crate) fn to_json(&self, noun: Noun, behaviour: Behaviour) -> Value {
        let configuration =
            if behaviour.masks_secrets { self.masked_configuration() } else { self.configuration.clone() };
        json!({
            "id": self.id,
            "name": self.name,
            "token": self.token,
            noun.singular(): self.connector.to_json(),
            "provisionInteractions": [],
            "valid": self.valid,
            "disabled": self.disabled,
            "maxCacheSize": 0,
            "cacheTimeToLive": 0,
            "configuration": configuration,
            "tags": self.tags,
            "eventsEnabled": false,
            "cachingEnabled": false,
            "createdDate": timestamp(self.created),
            "user": self.account.user(),
        })
    }
}

/// RFC 3339 in whole seconds; a time that it cannot write becomes the nearest that it can.
pub(crate) fn timestamp(time: SystemTime) -> String {
    const LAST: Duration = Duration::from_secs(253_402_300_799); // 9999-12-31T23:59:59Z
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().min(LAST);
    humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + since).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_can_be_written() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(timestamp(at(1_460_000_000)), "2016-04-07T03:33:20Z");
        assert_eq!(timestamp(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(at(1 << 40)), "9999-12-31T23:59:59Z");
    }
}
