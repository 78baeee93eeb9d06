//! `your-moms recover`: what became of creations that were cut short.

use std::time::Duration;

use serde::Serialize;
use your_moms_core::RetryPolicy;

use crate::args::{Common, Recover};
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::spinner::Spinner;
use crate::store::{Creation, Kept, Store};
use crate::terminal::{self, BOLD};

/// What was done about one creation.
#[derive(Serialize)]
struct Report {
    /// The name of the instance here.
    name: String,
    connector: String,
    base_url: String,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
enum Outcome {
    /// The instance exists, and is stored now.
    Recovered { id: u64 },
    /// Nothing is left of it.
    Dropped { reason: &'static str },
    /// No instance of it shows yet.
    NotFound,
    /// Nobody knows: the platform could not be asked.
    Failed,
}

pub(crate) async fn run(common: &Common, args: &Recover, interrupts: &mut Interrupts) -> Result<(), Failure> {
    let store = Store::at(common.store.as_deref())?;
    let creations = chosen(common, store.read()?)?;
    let client = match creations.iter().find(|creation| !creation.sandbox) {
        Some(creation) if !args.forget => {
            Some(interrupts.end(platform::client_of(common, &creation.base_url, creation.vocabulary)).await?)
        }
        _ => None,
    };
    let mut reports = Vec::new();
    let ended = interrupts.end(settle_all(&store, client.as_ref(), creations, &mut reports)).await;
    if common.json {
        terminal::done_json(&reports);
    } else if reports.is_empty() && ended.is_ok() {
        terminal::say(&format!("There is nothing to recover in {}.", store.path().display()));
    } else {
        for line in reports.iter().filter_map(|report| report.line(&store)) {
            terminal::done(&line);
        }
    }
    ended
}

/// Goes through all of them; the first failure is the one that is told.
async fn settle_all(
    store: &Store,
    client: Option<&(Client, Mask)>,
    creations: Vec<Creation>,
    reports: &mut Vec<Report>,
) -> Result<(), Failure> {
    let mut ended = Ok(());
    for creation in creations {
        let settled = match client {
            Some(client) if !creation.sandbox => search(client, store, &creation).await,
            _ if creation.sandbox => drop_it(store, &creation, "its sandbox ended with the program").await,
            _ => drop_it(store, &creation, "forgotten without looking").await,
        };
        let (name, outcome) = settled.unwrap_or_else(|failure| {
            if ended.is_ok() {
                ended = Err(failure);
            }
            (creation.name.clone(), Outcome::Failed)
        });
        let connector = creation.record.connector().to_string();
        reports.push(Report { name, connector, base_url: creation.base_url, outcome });
    }
    ended
}

/// Tells the user of creations that are not finished, if there are any.
pub(crate) fn remind(kept: &Kept) {
    match kept.creations.len() {
        0 => {}
        1 => {
            terminal::say("An earlier creation is not finished; `your-moms recover` looks for its instance.");
        }
        count => terminal::say(&format!(
            "{count} earlier creations are not finished; `your-moms recover` looks for their instances."
        )),
    }
}

/// The creations to recover: those of one platform, since secrets go to the platform they are for and nowhere else.
fn chosen(common: &Common, kept: Kept) -> Result<Vec<Creation>, Failure> {
    let base_url = platform::base_url_of_option(common)?;
    let mut creations = kept.creations;
    creations
        .retain(|creation| creation.sandbox || base_url.as_ref().is_none_or(|url| *url == creation.base_url));
    let mut urls: Vec<_> = creations.iter().filter(|it| !it.sandbox).map(|it| it.base_url.clone()).collect();
    urls.sort();
    urls.dedup();
    if urls.len() > 1 {
        return Err(Failure::usage("there are creations on more than one platform")
            .help(format!("name one with --base-url: {}", urls.join(", "))));
    }
    Ok(creations)
}

/// One look, without waiting for an instance to show: the user can look again later.
async fn search(
    (client, mask): &(Client, Mask),
    store: &Store,
    creation: &Creation,
) -> Result<(String, Outcome), Failure> {
    let policy = RetryPolicy { search: Duration::ZERO, ..RetryPolicy::default() };
    let found = {
        let _spinner = Spinner::start(format!("Looking for {}", creation.name));
        client.clone().with_retries(policy).recover(&creation.record).await.map_err(|error| {
            Failure::call(format!("the platform does not say what became of {}", creation.name), &error, mask)
                .note("the creation is still stored here; `your-moms recover --forget` drops it")
        })?
    };
    match found {
        Some(instance) => {
            let id = instance.id();
            let name = store.finish(creation.marker(), &creation.name, creation.made(instance)).await?;
            Ok((name, Outcome::Recovered { id }))
        }
        None if creation.is_over() => drop_it(store, creation, "no instance has shown for a day").await,
        None => Ok((creation.name.clone(), Outcome::NotFound)),
    }
}

async fn drop_it(
    store: &Store,
    creation: &Creation,
    reason: &'static str,
) -> Result<(String, Outcome), Failure> {
    store.forget(creation.marker()).await?;
    Ok((creation.name.clone(), Outcome::Dropped { reason }))
}

impl Report {
    /// For a person; a failure is told as one.
    fn line(&self, store: &Store) -> Option<String> {
        let mask = Mask::default();
        let [name, connector] = [&self.name, &self.connector].map(|text| mask.clean(text));
        match &self.outcome {
            Outcome::Recovered { id } => Some(format!(
                "Recovered {BOLD}{connector}{BOLD:#} as instance {id} \"{name}\"; stored in {}",
                store.path().display()
            )),
            Outcome::Dropped { reason } => Some(format!("Dropped {BOLD}{name}{BOLD:#}: {reason}")),
            Outcome::NotFound => Some(format!(
                "Not found: {BOLD}{name}{BOLD:#}. It was not created, or does not show yet: try again later"
            )),
            Outcome::Failed => None,
        }
    }
}
