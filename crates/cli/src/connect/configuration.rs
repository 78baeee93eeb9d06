//! The configuration entries that the user has to give.

use your_moms_core::{ConfigurationEntry, Secret};

use super::Session;
use crate::failure::Failure;
use crate::secrets::{self, Wanted};

pub(super) const API_KEY: &str = "oauth.api.key";

/// What the OAuth steps bring by themselves.
const FROM_OAUTH: [&str; 3] = [API_KEY, "oauth.api.secret", "oauth.callback.url"];

impl Session<'_> {
    /// The entries given by `--config`, and those of `entries` that are wanted besides.
    pub(super) async fn configuration(
        &mut self,
        entries: &[ConfigurationEntry],
    ) -> Result<Vec<(String, Secret)>, Failure> {
        let mut configuration = self.given.configuration.clone();
        let given = |key: &str| configuration.iter().any(|(given, _)| given == key);
        let open: Vec<_> = entries
            .iter()
            .filter(|entry| {
                entry.is_wanted() && !FROM_OAUTH.contains(&entry.key.as_str()) && !given(&entry.key)
            })
            .collect();
        let values = if self.sandbox.is_some() {
            // Nothing in the sandbox is real, so neither need these be.
            open.iter().map(|entry| Secret::from(format!("sandbox-{}", entry.key))).collect()
        } else {
            secrets::obtain(open.iter().map(|entry| self.wanted(entry)).collect(), Vec::new()).await?
        };
        for (entry, value) in open.into_iter().zip(values) {
            if secrets::is_secret_name(&entry.key) {
                self.mask.add(&value);
            }
            configuration.push((entry.key.clone(), value));
        }
        Ok(configuration)
    }

    fn wanted(&self, entry: &ConfigurationEntry) -> Wanted {
        Wanted {
            // The label is the platform's, the key a person may have to type.
            what: self.mask.clean(&entry.key),
            option: None,
            variable: secrets::entry_variable(&entry.key),
            public: !secrets::is_secret_name(&entry.key),
        }
    }
}
