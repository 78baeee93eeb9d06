//! The end: the instance is kept, and the user is told.

use serde::Serialize;
use your_moms_core::{Connector, Instance};

use super::Session;
use crate::failure::Failure;
use crate::store::{self, Entry, Store};
use crate::terminal::{self, BOLD};

/// The one JSON object of `--json`.
#[derive(Serialize)]
struct Report<'a> {
    id: u64,
    name: &'a str,
    connector: &'a str,
    /// The path of the store; null if the instance could not be kept.
    kept: Option<String>,
    /// Only then, because the token is nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<&'a Instance>,
}

impl Session<'_> {
    /// Keeps `instance` before anything else can go wrong, and reports.
    pub(super) fn keep(
        &self,
        store: &Store,
        name: &str,
        instance: &Instance,
        json: bool,
    ) -> Result<(), Failure> {
        let platform = self.client.platform();
        let entry = Entry {
            base_url: platform.base_url(),
            vocabulary: self.vocabulary,
            connector: instance.connector().and_then(Connector::key).unwrap_or(&self.args.key).to_owned(),
            sandbox: self.sandbox.is_some(),
            kept_at: store::now(),
            instance: instance.clone(),
        };
        let connector = entry.connector.clone();
        let report = |name, kept, instance| Report { id: 0, name, connector: &connector, kept, instance };
        match store.keep(name, entry) {
            Ok(name) => {
                let path = store.path().display().to_string();
                if json {
                    return print(&Report { id: instance.id(), ..report(&name, Some(path), None) });
                }
                let connector = self.mask.clean(&connector);
                let text = format!(
                    "Connected {BOLD}{connector}{BOLD:#} as instance {} \"{name}\"; kept in {path}",
                    instance.id()
                );
                terminal::result(&text)?;
                self.say_what_is_next(&name);
                Ok(())
            }
            Err(failure) => {
                let failure =
                    failure.note("the instance exists, and its token is in what was printed: keep it");
                if json {
                    print(&Report { id: instance.id(), ..report(name, None, Some(instance)) })?;
                } else {
                    print(instance)?;
                }
                Err(failure)
            }
        }
    }

    fn say_what_is_next(&self, name: &str) {
        if self.sandbox.is_some() {
            terminal::say("The sandbox has ended with this program. For one that stays: your-moms sandbox");
        } else {
            terminal::say(&format!("Next: your-moms call GET /ping --instance {}", shell_word(name)));
        }
    }
}

fn print(value: &impl Serialize) -> Result<(), Failure> {
    let line =
        serde_json::to_string(value).map_err(|_| Failure::failed("the result cannot be written as JSON"))?;
    terminal::result(&line)
}

/// `text` as one argument of a POSIX shell.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
