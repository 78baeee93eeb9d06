//! `your-moms instances`: what is stored, and what the platform has.

mod change;
mod remote;
mod remove;

use std::fmt::Display;

use serde::Serialize;
use serde_json::json;
use your_moms_core::{DisableInstance, EnableInstance};

use crate::args::{Common, Instances, InstancesAction};
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
        InstancesAction::List { remote: false, .. } => list(&store, common.json),
        InstancesAction::List { remote: true, tags } => {
            interrupts.end(remote::list(common, &store, tags)).await
        }
        InstancesAction::Show { name, token } => show(&store, name, *token, common.json),
        InstancesAction::Adopt { id, name } => {
            interrupts.end(remote::adopt(common, &store, *id, name.as_deref())).await
        }
        InstancesAction::Rename { name, to } => {
            interrupts.end(change::rename(common, &store, name, to)).await
        }
        InstancesAction::Update { name, tags, .. } => {
            interrupts.end(change::tags(common, &store, name, tags)).await
        }
        InstancesAction::Disable { name } => {
            let call = |entry: &Entry| DisableInstance::new(entry.instance.token());
            interrupts.end(change::switch(common, &store, name, "disabled", call)).await
        }
        InstancesAction::Enable { name } => {
            let call = |entry: &Entry| EnableInstance::new(entry.instance.token());
            interrupts.end(change::switch(common, &store, name, "enabled", call)).await
        }
        InstancesAction::Remove { name, curl: true, .. } => remove::show(common, &store, name),
        InstancesAction::Remove { name, delete, keep, yes, curl: false } => {
            let given = remove::Given { delete: *delete, keep: *keep, yes: *yes };
            interrupts.end(remove::run(common, &store, name, &given)).await
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
    let rows: Vec<_> = all
        .iter()
        .map(|it| {
            let note = if it.sandbox { " (a sandbox that has ended)" } else { "" };
            ([it.name.to_owned(), it.connector.to_owned(), it.id.to_string(), it.base_url.to_owned()], note)
        })
        .collect();
    table(&rows)
}

/// Rows for a person: in columns, the third of them numbers, and a note at the end.
fn table(rows: &[([String; 4], impl Display)]) -> Result<(), Failure> {
    let mask = Mask::default();
    let rows: Vec<_> =
        rows.iter().map(|(cells, note)| (cells.each_ref().map(|text| mask.clean(text)), note)).collect();
    let width =
        |at: usize| rows.iter().filter_map(|(cells, _)| cells.get(at)).map(|cell| cell.chars().count()).max();
    let [first, second, third] = [0, 1, 2].map(|at| width(at).unwrap_or(0));
    for ([name, connector, id, last], note) in &rows {
        let line = format!("{BOLD}{name:first$}{BOLD:#}  {connector:second$}  {id:>third$}  {last}{note}");
        terminal::result(line.trim_end())?;
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
