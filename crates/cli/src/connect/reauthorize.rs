//! `connect` for an account that is connected already: its instance is authorized anew, and its token stays.

use dialoguer::Select;
use serde_json::json;
use your_moms_core::{ErrorClass, GetConnectorConfiguration};

use super::Session;
use super::configuration::API_KEY;
use crate::args::{Common, Connect};
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::spinner::Spinner;
use crate::store::{Entry, Store};
use crate::terminal::{self, BOLD};
use crate::{blocking, platform};

/// The name of the stored instance to authorize anew: the one of the command line or, where instances of this connector are
/// stored, the one that the user chooses.
pub(super) async fn chosen(
    common: &Common,
    args: &Connect,
    store: &Store,
) -> Result<Option<String>, Failure> {
    if args.reauthorize.is_some() || args.sandbox || args.name.is_some() {
        return Ok(args.reauthorize.clone());
    }
    let base_url = platform::base_url(common)?;
    let kept = store.read()?;
    let same = |entry: &Entry| {
        !entry.sandbox
            && entry.connector == args.key
            && entry.base_url == base_url
            && entry.instance.configuration().contains_key(API_KEY)
    };
    let mut names: Vec<_> =
        kept.instances.iter().filter(|(_, entry)| same(entry)).map(|(name, _)| name.clone()).collect();
    if names.is_empty() {
        return Ok(None);
    }
    if !terminal::is_interactive() {
        let names = names.join(", ");
        terminal::say(&format!(
            "{} is connected already: {names}. --reauthorize NAME authorizes one anew.",
            args.key
        ));
        return Ok(None);
    }
    let prompt = format!("{} is connected already", args.key);
    let texts: Vec<_> = std::iter::once("Connect another account".to_owned())
        .chain(names.iter().map(|name| format!("Authorize {name} anew: its token stays")))
        .collect();
    let _settings = terminal::Settings::save();
    let at = blocking::run(move || {
        let select = Select::new().with_prompt(prompt).items(texts).default(0);
        select.interact().map_err(|_| Failure::interrupted("nothing was chosen"))
    })
    .await?;
    Ok(at.checked_sub(1).filter(|at| *at < names.len()).map(|at| names.swap_remove(at)))
}

pub(super) async fn run(
    common: &Common,
    args: &Connect,
    store: &Store,
    name: &str,
    interrupts: &mut Interrupts,
) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    check(common, args, name, entry)?;
    let mut session = interrupts.end(Session::start(common, args)).await?;
    let result = interrupts.end(session.reauthorize(store, name, entry)).await;
    session.end(interrupts).await;
    result
}

fn check(common: &Common, args: &Connect, name: &str, entry: &Entry) -> Result<(), Failure> {
    if entry.connector != args.key {
        return Err(Failure::usage(format!(
            "{name} is an instance of {}, not of {}",
            entry.connector, args.key
        )));
    }
    if entry.base_url != platform::base_url(common)? {
        return Err(Failure::usage(format!("{name} is an instance of {}", entry.base_url))
            .help(format!("if your secrets are for that: --base-url {}", entry.base_url)));
    }
    Ok(())
}

impl Session<'_> {
    async fn reauthorize(&mut self, store: &Store, name: &str, entry: &Entry) -> Result<(), Failure> {
        let entries = self.ask(&GetConnectorConfiguration::new(self.given.connector.clone())).await?;
        let Some(oauth1) = self.oauth(&entries).await? else {
            return Err(Failure::usage(format!("{} does not use OAuth", self.args.key))
                .help("connect it again, and remove the old instance"));
        };
        let (authorized, registration) = self.allowed(oauth1).await?;
        let update = authorized.reauthorize(entry.instance.token(), &registration)?;
        terminal::step(3, 3, "Authorizing the instance anew");
        let updated = {
            let _spinner = Spinner::start("Waiting for the platform");
            self.client.call(&update).await.map_err(|error| {
                let failure = Failure::call(format!("{name} was not authorized anew"), &error, &self.mask);
                let failure = failure.note("it is stored as it was");
                match error.class() {
                    ErrorClass::Unauthorized => {
                        failure.help("was the instance deleted? Then connect it again")
                    }
                    _ => failure,
                }
            })?
        };
        if let Some(listening) = &self.listening {
            listening.created();
        }
        let id = updated.id();
        store.refresh(name, updated).await?;
        let (connector, path) = (&self.args.key, store.path().display().to_string());
        if self.common.json {
            terminal::done_json(&json!({
                "id": id, "name": name, "connector": connector, "kept": path, "reauthorized": true,
            }));
        } else {
            terminal::done(&format!(
                "Authorized {BOLD}{connector}{BOLD:#} anew: instance {id} \"{name}\", with the same token"
            ));
        }
        Ok(())
    }
}
