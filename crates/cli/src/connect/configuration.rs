//! The configuration entries that the user has to give.

use your_moms_core::{ConfigurationEntry, Secret};

use super::Session;
use crate::failure::Failure;
use crate::secrets::{self, Required};

pub(super) const API_KEY: &str = "oauth.api.key";

/// What the authorization brings by itself.
pub(super) const FROM_OAUTH: [&str; 3] = [API_KEY, "oauth.api.secret", "oauth.callback.url"];

impl Session<'_> {
    /// The entries given by `--config`, and those of `entries` that are missing.
    pub(super) async fn configuration(
        &mut self,
        entries: &[ConfigurationEntry],
    ) -> Result<Vec<(String, Secret)>, Failure> {
        let mut configuration = self.given.configuration.clone();
        // Their names need not sound secret.
        for (key, value) in &configuration {
            if entries.iter().any(|entry| entry.key == *key && entry.is_secret()) {
                self.mask.add(value);
            }
        }
        let given = |key: &str| configuration.iter().any(|(given, _)| given == key);
        let missing: Vec<_> = entries
            .iter()
            .filter(|entry| {
                entry.needs_value() && !FROM_OAUTH.contains(&entry.key.as_str()) && !given(&entry.key)
            })
            .collect();
        let values = if self.sandbox.is_some() {
            // Nothing in the sandbox is real, so neither need these be.
            missing.iter().map(|entry| Secret::from(format!("sandbox-{}", entry.key))).collect()
        } else {
            secrets::obtain(missing.iter().map(|entry| self.required(entry)).collect(), Vec::new()).await?
        };
        for (entry, value) in missing.into_iter().zip(values) {
            if entry.is_secret() {
                self.mask.add(&value);
            }
            configuration.push((entry.key.clone(), value));
        }
        Ok(configuration)
    }

    fn required(&self, entry: &ConfigurationEntry) -> Required {
        Required {
            // The label is the platform's, the key a person may have to type.
            what: self.mask.clean(&entry.key),
            option: None,
            variable: secrets::entry_variable(&entry.key),
            public: !entry.is_secret(),
        }
    }
}
