//! The instances that are kept: one file, its format and what may be asked of it.

mod file;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use your_moms_core::Instance;

use crate::args::Vocabulary;
use crate::failure::Failure;

const VERSION: u32 = 1;

/// What is in the file. A member this program does not know is an error, so that it is not lost when the file is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    version: u32,
    pub(crate) instances: BTreeMap<String, Entry>,
}

/// One kept instance, and how to reach it.
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
    pub(crate) instance: Instance,
}

/// Where instances are kept.
#[derive(Clone)]
pub(crate) struct Store {
    path: PathBuf,
}

impl Store {
    /// At `path`, or else in the user's data directory.
    pub(crate) fn at(path: Option<&Path>) -> Result<Self, Failure> {
        if let Some(path) = path {
            return Ok(Self { path: path.to_owned() });
        }
        let data = etcetera::choose_base_strategy().map_err(|_| {
            Failure::usage("there is no home directory to keep instances in").help("name a file with --store")
        })?;
        Ok(Self { path: data.data_dir().join("your-moms").join("instances.json") })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept now.
    pub(crate) fn read(&self) -> Result<Kept, Failure> {
        match file::read(&self.path)? {
            None => Ok(Kept { version: VERSION, instances: BTreeMap::new() }),
            Some(text) => self.parse(&text),
        }
    }

    /// The name a new instance will have: `wanted`, or else the connector's key, with a number if that is taken. That the
    /// store can be written is tried out, too: it would be too late once the instance exists.
    pub(crate) fn reserve(&self, wanted: Option<&str>, key: &str) -> Result<String, Failure> {
        let _lock = file::lock(&self.path)?;
        let kept = self.read()?;
        file::try_out(&self.path)?;
        match wanted {
            Some(name) if kept.instances.contains_key(name) => {
                Err(Failure::usage(format!("an instance named {name} is kept already"))
                    .help(format!("choose another --name, or `your-moms instances remove {name}`")))
            }
            Some(name) => Ok(name.to_owned()),
            None => Ok(kept.free_name(key)),
        }
    }

    /// Keeps `entry` as `name`, and says under which name: another one, should `name` be taken by now.
    pub(crate) fn keep(&self, name: &str, entry: Entry) -> Result<String, Failure> {
        self.update(|kept| {
            let name = kept.free_name(name);
            kept.instances.insert(name.clone(), entry);
            Ok(name)
        })
    }

    /// Forgets `name`.
    pub(crate) fn remove(&self, name: &str) -> Result<(), Failure> {
        self.update(|kept| kept.instances.remove(name).map(drop).ok_or_else(|| unknown(name)))
    }

    /// Reads, changes and writes while no other process can.
    fn update<T>(&self, change: impl FnOnce(&mut Kept) -> Result<T, Failure>) -> Result<T, Failure> {
        let _lock = file::lock(&self.path)?;
        let mut kept = self.read()?;
        let result = change(&mut kept)?;
        let mut text = serde_json::to_vec_pretty(&kept)
            .map_err(|_| Failure::failed("the instances cannot be written as JSON"))?;
        text.push(b'\n');
        file::replace(&self.path, &text)?;
        Ok(result)
    }

    fn parse(&self, text: &str) -> Result<Kept, Failure> {
        let path = self.path.display();
        let help = "nothing was changed; mend the file, or move it away and begin a new one";
        // The parser's own error is not shown: it quotes the value it stumbled over, and that may be a token.
        let kept: Kept = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Failure::failed(format!("{path} is not a store of instances: see line {line}, column {column}"))
                .help(help)
        })?;
        if kept.version == VERSION {
            Ok(kept)
        } else {
            Err(Failure::failed(format!("{path} has version {}, this program knows {VERSION}", kept.version))
                .help(help))
        }
    }
}

impl Kept {
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
            (None, None, _) => Err(Failure::usage("no instance is kept")
                .help("connect one: your-moms connect instagram --sandbox --yes")),
            (None, Some(_), Some(_)) => {
                let names = self.instances.keys().cloned().collect::<Vec<_>>().join(", ");
                Err(Failure::usage("more than one instance is kept")
                    .help(format!("name one with --instance: {names}")))
            }
        }
    }

    /// `name`, or `name-2`, `name-3` and so on.
    fn free_name(&self, name: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| !self.instances.contains_key(name)).unwrap_or_else(|| name.to_owned())
    }
}

fn unknown(name: &str) -> Failure {
    Failure::usage(format!("no instance named {name} is kept"))
        .help("your-moms instances list tells what is kept")
}

/// The time now, as an [`Entry`] has it.
pub(crate) fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}
