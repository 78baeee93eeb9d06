//! `your-moms instances`: what is stored.

use serde::Serialize;
use serde_json::json;
use your_moms_core::DeleteInstance;

use crate::args::{Common, Instances, InstancesAction};
use crate::call;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::recover;
use crate::store::{Entry, Store};
use crate::terminal::{self, BOLD};

/// An instance without its token and its configuration.
#[derive(Serialize)]
struct Summary<'a> {
    name: &'a str,
    id: u64,
    connector: &'a str,
    base_url: &'a str,
    vocabulary: crate::args::Vocabulary,
    sandbox: bool,
    kept_at: &'a str,
    tags: &'a [String],
}

impl<'a> Summary<'a> {
    fn of(name: &'a str, entry: &'a Entry) -> Self {
        Self {
            name,
            id: entry.instance.id(),
            connector: &entry.connector,
            base_url: &entry.base_url,
            vocabulary: entry.vocabulary,
            sandbox: entry.sandbox,
            kept_at: &entry.kept_at,
            tags: entry.instance.tags(),
        }
    }
}

pub(crate) async fn run(
    common: &Common,
    args: &Instances,
    interrupts: &mut Interrupts,
) -> Result<(), Failure> {
    let store = Store::at(common.store.as_deref())?;
    match &args.action {
        InstancesAction::List => list(&store, common.json),
        InstancesAction::Show { name, token } => show(&store, name, *token, common.json),
        InstancesAction::Remove { name, delete: true, curl } => {
            let deleted = interrupts.end(delete(common, &store, name, *curl)).await?;
            if !deleted {
                return Ok(());
            }
            interrupts.end(store.remove(name)).await?;
            removed(&store, name, true, common.json);
            Ok(())
        }
        InstancesAction::Remove { name, delete: false, .. } => {
            interrupts.end(store.remove(name)).await?;
            removed(&store, name, false, common.json);
            Ok(())
        }
    }
}

fn list(store: &Store, json: bool) -> Result<(), Failure> {
    let kept = store.read()?;
    recover::remind(&kept);
    let all: Vec<_> = kept.instances.iter().map(|(name, entry)| Summary::of(name, entry)).collect();
    if json {
        return terminal::json(&all);
    }
    if all.is_empty() {
        terminal::say(&format!("No instance is stored in {}.", store.path().display()));
        return Ok(());
    }
    let mask = Mask::default();
    let rows: Vec<_> = all
        .iter()
        .map(|it| {
            let note = if it.sandbox { " (a sandbox that has ended)" } else { "" };
            let cells = [it.name, it.connector, &it.id.to_string(), it.base_url].map(|text| mask.clean(text));
            (cells, note)
        })
        .collect();
    let width =
        |at: usize| rows.iter().filter_map(|(cells, _)| cells.get(at)).map(|cell| cell.chars().count()).max();
    let [first, second, third] = [0, 1, 2].map(|at| width(at).unwrap_or(0));
    for ([name, connector, id, url], note) in &rows {
        terminal::result(&format!(
            "{BOLD}{name:first$}{BOLD:#}  {connector:second$}  {id:>third$}  {url}{note}"
        ))?;
    }
    Ok(())
}

fn show(store: &Store, name: &str, token: bool, json: bool) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    if token {
        let token = entry.instance.token().expose();
        return if json { terminal::json(&json!({ "token": token })) } else { terminal::result(token) };
    }
    let summary = Summary::of(name, entry);
    if json {
        return terminal::json(&summary);
    }
    let mask = Mask::default();
    let lines = [
        ("name", name.to_owned()),
        ("id", summary.id.to_string()),
        ("connector", entry.connector.clone()),
        ("platform", entry.base_url.clone()),
        ("tags", summary.tags.join(", ")),
        ("stored at", entry.kept_at.clone()),
        ("token", "stored; --token prints it".to_owned()),
    ];
    let lines = lines.map(|(label, text)| format!("{label:<9}  {}", mask.clean(&text)).trim_end().to_owned());
    terminal::result(&lines.join("\n"))
}

fn removed(store: &Store, name: &str, deleted: bool, json: bool) {
    if json {
        return terminal::done_json(&json!({ "removed": name, "deleted": deleted }));
    }
    terminal::done(&format!("Removed {name} from {}", store.path().display()));
    if !deleted {
        terminal::say("The instance still exists on the platform; only its token was removed from here.");
    }
}

/// `DELETE /instances/{id}`. `false` if the request was only shown.
async fn delete(common: &Common, store: &Store, name: &str, only_shown: bool) -> Result<bool, Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    call::check_platform(common, name, entry)?;
    let delete = DeleteInstance::new(&entry.instance);
    if only_shown {
        terminal::result(&call::shown(&delete, entry)?)?;
        return Ok(false);
    }
    let (client, mask) = call::client_of(common, entry).await?;
    let sent = client.call(&delete).await;
    sent.map(|()| true).map_err(|error| {
        Failure::call("the instance was not deleted", &error, &mask)
            .note(format!("{name} is still stored here"))
    })
}
