//! `instances remove`: here, and on the platform if the user wants it.

use dialoguer::Select;
use serde_json::json;
use your_moms_core::DeleteInstance;

use crate::args::Common;
use crate::failure::Failure;
use crate::spinner::Spinner;
use crate::store::{Entry, Store};
use crate::terminal;
use crate::{blocking, call};

/// What the command line says.
pub(super) struct Given {
    pub(super) delete: bool,
    pub(super) keep: bool,
    pub(super) yes: bool,
}

/// Prints the request as a curl command, and does nothing.
pub(super) fn show(common: &Common, store: &Store, name: &str) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    call::check_platform(common, name, entry)?;
    terminal::result(&call::shown(&DeleteInstance::new(&entry.instance), entry)?)
}

pub(super) async fn run(common: &Common, store: &Store, name: &str, given: &Given) -> Result<(), Failure> {
    let kept = store.read()?;
    let (name, entry) = kept.choose(Some(name))?;
    let delete = choose(name, entry, given).await?;
    if delete {
        self::delete(common, name, entry).await?;
    }
    store.remove(name, entry.instance.id()).await?;
    if common.json {
        terminal::done_json(&json!({ "removed": name, "deleted": delete }));
        return Ok(());
    }
    terminal::done(&format!("Removed {name} from {}", store.path().display()));
    if delete {
        terminal::say("It no longer exists on the platform.");
    } else if !entry.sandbox {
        terminal::say(&format!(
            "The instance still exists on the platform; only its token was removed from here. To store it again: \
             your-moms instances adopt {} --base-url {}",
            entry.instance.id(),
            entry.base_url
        ));
    }
    Ok(())
}

/// Whether to delete it on the platform, too. The user is asked, unless the command line says all that there is to say.
async fn choose(name: &str, entry: &Entry, given: &Given) -> Result<bool, Failure> {
    if given.yes {
        return Ok(given.delete);
    }
    if !terminal::is_interactive() {
        return if given.delete || given.keep {
            Ok(given.delete)
        } else {
            Err(Failure::usage(format!("{name} was not removed: nobody is here to be asked"))
                .help("--delete deletes it on the platform, too; --keep removes it from here alone"))
        };
    }
    let delete = !given.keep && !entry.sandbox;
    let keep = !given.delete || entry.sandbox;
    let choices: Vec<_> = [
        (keep, "Remove it from here alone", Some(false)),
        (delete, "Remove it from here, and delete it on the platform: its token ends", Some(true)),
        (true, "Leave it", None),
    ]
    .into_iter()
    .filter(|(offered, ..)| *offered)
    .collect();
    let prompt = format!("{name} is instance {} of {}", entry.instance.id(), entry.base_url);
    let texts: Vec<_> = choices.iter().map(|(_, text, _)| *text).collect();
    let _settings = terminal::Settings::save();
    let chosen = blocking::run(move || {
        let select = Select::new().with_prompt(prompt).items(texts).default(0);
        select.interact_opt().map_err(|_| Failure::interrupted("nothing was chosen"))
    })
    .await?;
    let chosen = chosen.and_then(|at| choices.get(at)).and_then(|(.., choice)| *choice);
    chosen.ok_or_else(|| Failure::interrupted(format!("{name} was left as it is")))
}

async fn delete(common: &Common, name: &str, entry: &Entry) -> Result<(), Failure> {
    call::check_platform(common, name, entry)?;
    let (client, mask) = call::client_of(common, entry).await?;
    let _spinner = Spinner::start("Waiting for the platform");
    client.disconnect(&entry.instance).await.map_err(|error| {
        Failure::call("the instance was not deleted", &error, &mask)
            .note(format!("{name} is still stored here"))
    })
}
