//! The configuration of an instance, entry by entry: `{"id", "key", "propertyValue"}`.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Instance;
use crate::catalogue::Connector;

/// In place of a secret. Written back, it leaves the secret as it is.
const MASK: &str = "********";

impl Instance {
    pub(crate) fn configuration(&self) -> &Map<String, Value> {
        &self.configuration
    }

    /// Takes out of `entries` the secrets that came back as they were shown.
    pub(crate) fn leave_masked(&self, entries: &mut Map<String, Value>) {
        entries.retain(|key, value| {
            !(*value == MASK && self.connector.is_secret(key) && self.configuration.contains_key(key))
        });
    }

    /// Sets entries, and keeps all others.
    pub(crate) fn configure(&mut self, entries: Map<String, Value>) {
        for (key, value) in entries {
            self.number(&key);
            self.configuration.insert(key, value);
        }
    }

    /// Its entries stay, under the ids of the new connector.
    pub(super) fn set_connector(&mut self, connector: Arc<Connector>) {
        self.connector = connector;
        self.configuration.keys().cloned().collect::<Vec<_>>().iter().for_each(|key| self.number(key));
    }

    fn number(&mut self, key: &str) {
        if self.connector.entry_id(key).is_none() && !self.unknown_entries.iter().any(|it| it == key) {
            self.unknown_entries.push(key.to_owned());
        }
    }

    /// The key of the entry with this key, or with this id written as a number.
    pub(crate) fn entry_key(&self, key_or_id: &str) -> Option<&str> {
        let (key, _) = self.configuration.get_key_value(key_or_id).or_else(|| {
            self.configuration.iter().find(|(key, _)| self.entry_id(key).to_string() == key_or_id)
        })?;
        Some(key)
    }

    pub(super) fn masked_configuration(&self) -> Map<String, Value> {
        self.configuration.keys().map(|key| (key.clone(), self.masked(key))).collect()
    }

    fn masked(&self, key: &str) -> Value {
        let value = self.configuration.get(key).cloned().unwrap_or_default();
        if self.connector.is_secret(key) && !value.is_null() { MASK.into() } else { value }
    }

    pub(crate) fn entry_json(&self, key: &str) -> Value {
        let value = self.masked(key);
        json!({ "id": self.entry_id(key), "key": key, "propertyValue": value })
    }

    /// All entries, by ascending id.
    pub(crate) fn entries_json(&self) -> Value {
        let mut keys: Vec<&str> = self.configuration.keys().map(String::as_str).collect();
        keys.sort_by_key(|key| self.entry_id(key));
        keys.into_iter().map(|key| self.entry_json(key)).collect()
    }

    /// The connector's own id for an entry that it knows; the others are counted on from there.
    fn entry_id(&self, key: &str) -> u64 {
        self.connector.entry_id(key).unwrap_or_else(|| {
            let position = self.unknown_entries.iter().position(|unknown| unknown == key);
            (self.connector.next_entry_id()..).nth(position.unwrap_or_default()).unwrap_or_default()
        })
    }
}
