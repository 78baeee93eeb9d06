//! What the account has on the platform, stored here or not.

use serde::Serialize;
use your_moms_core::{Connector, GetInstance, Instance, ListInstances, Secret};

use super::table;
use crate::args::Common;
use crate::failure::Failure;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::spinner::Spinner;
use crate::store::{self, Entry, Kept, Store};
use crate::terminal::{self, BOLD};
use crate::{mark, recover, secrets};

/// An instance without its token and its configuration.
#[derive(Serialize)]
struct Summary<'a> {
    id: u64,
    name: Option<&'a str>,
    connector: Option<&'a str>,
    tags: &'a [String],
    disabled: Option<bool>,
    /// Its name here, if it is stored.
    stored: Option<&'a str>,
}

pub(super) async fn list(common: &Common, store: &Store, tags: &[String]) -> Result<(), Failure> {
    let kept = store.read()?;
    recover::remind(&kept);
    let (client, mask) = client(common).await?;
    let base_url = client.platform().base_url();
    let all = listed(&client, &mask, tags).await?;
    let summaries: Vec<_> = all.iter().map(|instance| Summary::of(instance, &kept, base_url)).collect();
    if common.json {
        return terminal::json(&summaries);
    }
    if summaries.is_empty() {
        terminal::say(&format!("There is no such instance at {base_url}."));
        return Ok(());
    }
    let rows: Vec<_> = summaries.iter().map(Summary::row).collect();
    table(&rows)
}

pub(super) async fn adopt(
    common: &Common,
    store: &Store,
    id: u64,
    name: Option<&str>,
) -> Result<(), Failure> {
    let secrets = secrets::obtain(platform::required_credentials(common).into(), Vec::new()).await?;
    let secrets_mark = Some(mark::of(&secrets));
    let vocabulary = platform::vocabulary(common)?;
    let (client, mut mask) =
        platform::client_with(common, &platform::base_url(common)?, vocabulary, secrets).await?;
    let instance = {
        let _spinner = Spinner::start("Waiting for the platform");
        client.call(&GetInstance::new(id)).await.map_err(|error| {
            Failure::call(format!("instance {id} was not adopted"), &error, &mask)
                .help("`your-moms instances list --remote` lists those that there are")
        })?
    };
    mask.add(&Secret::from(instance.token().expose()));
    let connector = mask.clean(key(&instance).unwrap_or("unknown"));
    let entry = Entry {
        base_url: client.platform().base_url().to_owned(),
        vocabulary,
        connector: connector.clone(),
        sandbox: false,
        kept_at: store::now(),
        instance,
        secrets_mark,
    };
    let name = store.adopt(name, entry).await?;
    if common.json {
        terminal::done_json(&serde_json::json!({ "adopted": id, "name": name, "connector": connector }));
    } else {
        terminal::done(&format!(
            "Adopted {BOLD}{connector}{BOLD:#}, instance {id}, as \"{name}\"; stored in {}",
            store.path().display()
        ));
    }
    Ok(())
}

async fn client(common: &Common) -> Result<(Client, Mask), Failure> {
    platform::client_of(common, &platform::base_url(common)?, platform::vocabulary(common)?).await
}

async fn listed(client: &Client, mask: &Mask, tags: &[String]) -> Result<Vec<Instance>, Failure> {
    let _spinner = Spinner::start("Asking the platform for its instances");
    let mut pages = client.pages(&tags.iter().fold(ListInstances::new(), ListInstances::tag));
    let mut all = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| Failure::call("the instances cannot be listed", &error, mask))?;
        // Some deployments ignore the filter.
        let carries = |instance: &Instance| tags.iter().all(|tag| instance.tags().contains(tag));
        all.extend(page.items.into_iter().filter(carries));
    }
    Ok(all)
}

fn key(instance: &Instance) -> Option<&str> {
    instance.connector().and_then(Connector::key)
}

impl<'a> Summary<'a> {
    fn of(instance: &'a Instance, kept: &'a Kept, base_url: &str) -> Self {
        let is_it = |entry: &Entry| entry.base_url == base_url && entry.instance.id() == instance.id();
        let stored = kept.instances.iter().find(|(_, entry)| is_it(entry));
        Self {
            id: instance.id(),
            name: instance.name(),
            connector: key(instance),
            tags: instance.tags(),
            disabled: instance.is_disabled(),
            stored: stored.map(|(name, _)| name.as_str()),
        }
    }

    fn row(&self) -> ([String; 4], String) {
        let stored =
            self.stored.map_or_else(|| "not stored here".to_owned(), |name| format!("stored as {name}"));
        let disabled = if self.disabled == Some(true) { ", disabled" } else { "" };
        let text = |text: Option<&str>| text.unwrap_or("-").to_owned();
        let cells = [text(self.name), text(self.connector), self.id.to_string(), self.tags.join(", ")];
        (cells, format!("  ({stored}{disabled})"))
    }
}
