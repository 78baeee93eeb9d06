//! Changes of one instance on the platform, and of what is stored about it.

use serde_json::json;
use your_moms_core::{Operation, UpdateInstance};

use crate::args::Common;
use crate::call;
use crate::failure::Failure;
use crate::mask::Mask;
use crate::spinner::Spinner;
use crate::store::{Entry, Store};
use crate::terminal;

/// There first: a name that the platform refuses is none here.
pub(super) async fn rename(common: &Common, store: &Store, name: &str, to: &str) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    if name != to {
        kept.check_free(to)?;
    }
    let renamed =
        sent(common, name, entry, "renamed", &UpdateInstance::new(entry.instance.token()).name(to)).await?;
    store.rename(name, entry.instance.id(), to).await?;
    store.refresh(to, renamed).await?;
    done(common, json!({ "renamed": name, "name": to }), &format!("Renamed {name} to {to}"));
    Ok(())
}

/// The marker of its creation stays among the tags.
pub(super) async fn tags(common: &Common, store: &Store, name: &str, tags: &[String]) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    let update = UpdateInstance::new(entry.instance.token()).tags(&entry.instance, tags);
    let updated = sent(common, name, entry, "updated", &update).await?;
    let tags = updated.tags().to_vec();
    store.refresh(name, updated).await?;
    done(
        common,
        json!({ "updated": name, "tags": tags }),
        &format!("Updated {name}: {}", Mask::default().clean(&tags.join(", "))),
    );
    Ok(())
}

/// A change with nothing to store: `what` names it.
pub(super) async fn switch<O: Operation<Output = ()>>(
    common: &Common,
    store: &Store,
    name: &str,
    what: &str,
    operation: impl Fn(&Entry) -> O,
) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    sent(common, name, entry, what, &operation(entry)).await?;
    let json = serde_json::Value::Object([(what.to_owned(), json!(name))].into_iter().collect());
    done(common, json, &format!("{name} is {what}"));
    Ok(())
}

async fn sent<O: Operation>(
    common: &Common,
    name: &str,
    entry: &Entry,
    what: &str,
    operation: &O,
) -> Result<O::Output, Failure> {
    call::check_platform(common, name, entry)?;
    let (client, mask) = call::client_of(common, entry).await?;
    let _spinner = Spinner::start("Waiting for the platform");
    client
        .call(operation)
        .await
        .map_err(|error| Failure::call(format!("{name} was not {what}"), &error, &mask))
}

#[expect(clippy::needless_pass_by_value, reason = "a value made for this call alone")]
fn done(common: &Common, json: serde_json::Value, text: &str) {
    if common.json { terminal::done_json(&json) } else { terminal::done(text) }
}
