//! What is in the store's file.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize, Serializer};
use your_moms_core::{CreateRecord, Instance};

use crate::args::Vocabulary;
use crate::failure::Failure;

pub(super) const VERSION: u32 = 1;

/// How long an instance that was made may take to show in the platform's list.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The whole file. A member that this program does not know is an error, so that it is not lost when the file is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    pub(super) version: u32,
    pub(crate) instances: BTreeMap<String, Entry>,
    /// Left out where there is none: then releases that do not know it can read the file, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) creations: Vec<Creation>,
}

/// A stored instance, and how to reach it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) base_url: String,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) connector: String,
    /// Its platform was a sandbox that ended with the program.
    pub(crate) sandbox: bool,
    /// As RFC 3339 writes it, in UTC.
    pub(crate) kept_at: String,
    #[serde(serialize_with = "expose")]
    pub(crate) instance: Instance,
    /// Of the secrets that it was connected with; earlier releases stored none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) secrets_mark: Option<String>,
}

fn expose<S: Serializer>(instance: &Instance, serializer: S) -> Result<S::Ok, S::Error> {
    instance.expose().serialize(serializer)
}

/// A creation whose instance is not stored yet. It is written before the request is sent and removed once the outcome is
/// certain, so that a program that is killed in between loses nothing.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Creation {
    /// The name that the instance will have here.
    pub(crate) name: String,
    pub(crate) base_url: String,
    pub(crate) vocabulary: Vocabulary,
    /// Its platform is a sandbox that ends with the program.
    pub(crate) sandbox: bool,
    /// As RFC 3339 writes it, in UTC.
    pub(crate) started_at: String,
    pub(crate) record: CreateRecord,
    /// As [`Entry::secrets_mark`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) secrets_mark: Option<String>,
}

impl Kept {
    pub(super) fn empty() -> Self {
        Self { version: VERSION, instances: BTreeMap::new(), creations: Vec::new() }
    }

    /// The instance called `name`; without a name, the only one there is.
    pub(crate) fn choose(&self, name: Option<&str>) -> Result<(&str, &Entry), Failure> {
        let mut all = self.instances.iter();
        match (name, all.next(), all.next()) {
            (Some(name), ..) => self
                .instances
                .get_key_value(name)
                .map(|(name, entry)| (name.as_str(), entry))
                .ok_or_else(|| unknown(name)),
            (None, Some((name, entry)), None) => Ok((name, entry)),
            (None, None, _) => Err(Failure::usage("no instance is stored")
                .help("`your-moms connectors` lists what there is; connect one: your-moms connect KEY")),
            (None, Some(_), Some(_)) => {
                let names = self.instances.keys().cloned().collect::<Vec<_>>().join(", ");
                Err(Failure::usage("more than one instance is stored")
                    .help(format!("name one with --instance: {names}")))
            }
        }
    }

    /// The instance called `name`, if it still has this number.
    pub(super) fn stored(&mut self, name: &str, id: u64) -> Result<&mut Entry, Failure> {
        let stored = self.instances.get_mut(name);
        stored.filter(|entry| entry.instance.id() == id).ok_or_else(|| unknown(name))
    }

    /// Whether a new instance may be called `name`.
    pub(crate) fn check_free(&self, name: &str) -> Result<(), Failure> {
        if !self.instances.contains_key(name) {
            return Ok(());
        }
        Err(Failure::usage(format!("an instance named {name} is stored already"))
            .help(format!("choose another name, or `your-moms instances remove {name}`")))
    }

    /// Which platforms secrets were given for: base URL and mark. A sandbox that has ended is none.
    pub(crate) fn marks(&self) -> impl Iterator<Item = (&str, &str)> {
        let instances = self.instances.values().filter(|entry| !entry.sandbox);
        let instances = instances.map(|entry| (entry.base_url.as_str(), &entry.secrets_mark));
        let creations = self.creations.iter().filter(|creation| !creation.sandbox);
        let creations = creations.map(|creation| (creation.base_url.as_str(), &creation.secrets_mark));
        instances.chain(creations).filter_map(|(url, mark)| Some((url, mark.as_deref()?)))
    }

    /// Under which name the store has this instance.
    pub(super) fn name_of_instance(&self, entry: &Entry) -> Option<String> {
        let same = |other: &Entry| {
            other.base_url == entry.base_url && other.instance.id() == entry.instance.id() && !other.sandbox
        };
        self.instances.iter().find(|(_, other)| same(other)).map(|(name, _)| name.clone())
    }

    /// `name`, or `name-2`, `name-3` and so on.
    pub(super) fn free_name(&self, name: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| !self.instances.contains_key(name)).unwrap_or_else(|| name.to_owned())
    }

    /// Where the instance with this marker is stored, if it is.
    pub(super) fn name_of(&self, marker: &str) -> Option<String> {
        let carries_it =
            |entry: &Entry| entry.instance.tags().iter().any(|tag| tag.eq_ignore_ascii_case(marker));
        self.instances.iter().find(|(_, entry)| carries_it(entry)).map(|(name, _)| name.clone())
    }
}

impl Creation {
    /// What tells this creation from all others.
    pub(crate) fn marker(&self) -> &str {
        self.record.marker().as_str()
    }

    /// Its instance, to be stored.
    pub(crate) fn made(&self, instance: Instance) -> Entry {
        Entry {
            base_url: self.base_url.clone(),
            vocabulary: self.vocabulary,
            connector: self.record.connector().to_string(),
            sandbox: self.sandbox,
            kept_at: now(),
            instance,
            secrets_mark: self.secrets_mark.clone(),
        }
    }

    /// Whether an instance of it would show by now.
    pub(crate) fn is_over(&self) -> bool {
        let started_at = humantime::parse_rfc3339(&self.started_at).ok();
        started_at.and_then(|at| SystemTime::now().duration_since(at).ok()).is_some_and(|age| age >= DAY)
    }
}

fn unknown(name: &str) -> Failure {
    Failure::usage(format!("no instance named {name} is stored"))
        .help("`your-moms instances list` lists those that are")
}

/// The current time, as the file has it.
pub(crate) fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}
