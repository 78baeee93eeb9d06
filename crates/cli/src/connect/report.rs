//! The end: the instance is stored, and the user is told.

use serde::Serialize;
use your_moms_core::{CreateInstance, ExposedInstance, Instance};

use super::Session;
use crate::again::{self, shell_word};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::store::{self, Entry, Store};
use crate::terminal::{self, BOLD};

/// The one JSON object of `--json`.
#[derive(Serialize)]
struct Report<'a> {
    id: u64,
    name: &'a str,
    connector: &'a str,
    /// The path of the store; null if the instance is not stored.
    kept: Option<String>,
    /// Only if it could not be stored, because its token is nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<ExposedInstance<'a>>,
}

impl Session<'_> {
    /// Stores `instance` before anything else can go wrong, and reports.
    pub(super) async fn finish(
        &self,
        store: &Store,
        name: &str,
        create: &CreateInstance,
        instance: &Instance,
        interrupts: &mut Interrupts,
    ) -> Result<(), Failure> {
        let entry = Entry {
            base_url: self.client.platform().base_url().to_owned(),
            vocabulary: self.vocabulary,
            connector: self.args.key.clone(),
            sandbox: self.sandbox.is_some(),
            kept_at: store::now(),
            instance: instance.clone(),
            secrets_mark: Some(self.secrets_mark.clone()),
        };
        let record = create.record();
        let stored = store.finish(record.marker().as_str(), name, entry);
        match interrupts.end(stored).await {
            Ok(name) => {
                self.connected(store, &name, instance.id());
                interrupts.end(self.next(&name, instance)).await
            }
            Err(failure) => {
                self.not_stored(name, instance);
                let failure =
                    failure.note("the instance exists, and its token is in what was printed: keep it safe");
                // Then the creation is still in the store.
                Err(if failure.exit() == Exit::Interrupted {
                    failure.help(format!("`your-moms recover{}` stores it", self.store_option()))
                } else {
                    failure
                })
            }
        }
    }

    fn connected(&self, store: &Store, name: &str, id: u64) {
        let connector = &self.args.key;
        // The store of a sandbox ends with it.
        let kept = self.sandbox.is_none().then(|| store.path().display().to_string());
        if self.common.json {
            terminal::done_json(&Report { id, name, connector, kept, instance: None });
            return;
        }
        let kept = kept.map(|path| format!("; stored in {path}")).unwrap_or_default();
        terminal::done(&format!("Connected {BOLD}{connector}{BOLD:#} as instance {id} \"{name}\"{kept}"));
    }

    /// What can be done with the instance, or is done.
    async fn next(&self, name: &str, instance: &Instance) -> Result<(), Failure> {
        if let Some(server) = &self.sandbox {
            return self.first_request(server, instance).await;
        }
        let name = shell_word(name);
        terminal::say(&format!("Next: your-moms call GET /ping --instance {name}{}", self.store_option()));
        Ok(())
    }

    /// The token must reach the user all the same.
    fn not_stored(&self, name: &str, instance: &Instance) {
        let printed = if self.common.json {
            let (id, connector) = (instance.id(), self.args.key.as_str());
            serde_json::to_vec(&Report { id, name, connector, kept: None, instance: Some(instance.expose()) })
        } else {
            serde_json::to_vec(&instance.expose())
        };
        terminal::rescue(&printed.unwrap_or_else(|_| instance.token().expose().into()));
    }

    /// What a later command needs to find the same store.
    pub(super) fn store_option(&self) -> String {
        again::store(self.common)
    }
}
