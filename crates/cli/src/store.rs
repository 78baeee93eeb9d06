//! The store: one file with the instances that were connected and the creations that are not finished.

mod file;
mod kept;
mod trust;

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use etcetera::BaseStrategy as _;
use your_moms_core::Instance;

use crate::failure::Failure;
use crate::{blocking, terminal};
use kept::VERSION;
pub(crate) use kept::{Creation, Entry, Kept, now};

/// How long a lock may be held by others before the user is told.
const PATIENCE: Duration = Duration::from_millis(250);

/// Where instances are stored.
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
            Failure::usage("there is no home directory to store instances in")
                .help("name a file with --store")
        })?;
        Ok(Self { path: data.data_dir().join("your-moms").join("instances.json") })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is stored now.
    pub(crate) fn read(&self) -> Result<Kept, Failure> {
        self.read_at(&file::target(&self.path)?)
    }

    fn read_at(&self, path: &Path) -> Result<Kept, Failure> {
        match file::read(path)? {
            None => Ok(Kept::empty()),
            Some(text) => self.parse(&text),
        }
    }

    /// The name a new instance will have: `name`, or else the connector's key, with a number if that is taken. This also
    /// tries whether the store can be written: once the instance exists it would be too late.
    pub(crate) async fn reserve(&self, name: Option<&str>, key: &str) -> Result<String, Failure> {
        let (name, key) = (name.map(str::to_owned), key.to_owned());
        self.locked(move |store, path| {
            let kept = store.read_at(path)?;
            file::try_out(path)?;
            match name {
                Some(name) => kept.check_free(&name).map(|()| name.clone()).map_err(|failure| {
                    failure.help(format!("choose another --name, or `your-moms instances remove {name}`"))
                }),
                None => Ok(kept.free_name(&key)),
            }
        })
        .await
    }

    /// Stores what finds a creation again. Nothing of it may be sent before.
    pub(crate) async fn start(&self, creation: Creation) -> Result<(), Failure> {
        self.update(|kept| {
            kept.creations.push(creation);
            Ok(())
        })
        .await
    }

    /// Stores the instance of the creation with this marker in the creation's place, and says under which name: another one
    /// than `name` if that is taken by now.
    pub(crate) async fn finish(&self, marker: &str, name: &str, entry: Entry) -> Result<String, Failure> {
        let (marker, name) = (marker.to_owned(), name.to_owned());
        self.update(move |kept| {
            kept.creations.retain(|creation| creation.marker() != marker);
            // While one program waits for the response, another may recover the instance, or adopt it.
            let stored = kept.name_of(&marker).or_else(|| kept.name_of_instance(&entry));
            let name = stored.unwrap_or_else(|| kept.free_name(&name));
            kept.instances.insert(name.clone(), entry);
            Ok(name)
        })
        .await
    }

    /// Forgets the creation with this marker.
    pub(crate) async fn forget(&self, marker: &str) -> Result<(), Failure> {
        let marker = marker.to_owned();
        self.update(move |kept| {
            kept.creations.retain(|creation| creation.marker() != marker);
            Ok(())
        })
        .await
    }

    /// Removes the instance called `name`, if it is still that with this number.
    pub(crate) async fn remove(&self, name: &str, id: u64) -> Result<(), Failure> {
        let name = name.to_owned();
        self.update(move |kept| kept.stored(&name, id).map(drop).map(|()| drop(kept.instances.remove(&name))))
            .await
    }

    /// Calls the instance `name` something else.
    pub(crate) async fn rename(&self, name: &str, id: u64, to: &str) -> Result<(), Failure> {
        let (name, to) = (name.to_owned(), to.to_owned());
        self.update(move |kept| {
            kept.stored(&name, id)?;
            if name != to {
                kept.check_free(&to)?;
            }
            let entry = kept.instances.remove(&name);
            kept.instances.extend(entry.map(|entry| (to, entry)));
            Ok(())
        })
        .await
    }

    /// Stores what the platform says of the instance `name` by now. A token is never changed by that.
    pub(crate) async fn refresh(&self, name: &str, instance: Instance) -> Result<(), Failure> {
        let name = name.to_owned();
        self.update(move |kept| {
            let entry = kept.stored(&name, instance.id())?;
            if entry.instance.token() == instance.token() {
                entry.instance = instance;
            }
            Ok(())
        })
        .await
    }

    /// Stores an instance that was made elsewhere, and says under which name. A creation that it is of is over.
    pub(crate) async fn adopt(&self, name: Option<&str>, entry: Entry) -> Result<String, Failure> {
        let name = name.map(str::to_owned);
        self.update(move |kept| {
            if let Some(name) = kept.name_of_instance(&entry) {
                return Err(Failure::usage(format!("this instance is stored already, as {name}"))
                    .help(format!("`your-moms instances show {name}` shows it")));
            }
            let name = match name {
                Some(name) => kept.check_free(&name).map(|()| name)?,
                None => kept.free_name(&entry.connector),
            };
            let tags = entry.instance.tags();
            kept.creations.retain(|it| !tags.iter().any(|tag| tag.eq_ignore_ascii_case(it.marker())));
            kept.instances.insert(name.clone(), entry);
            Ok(name)
        })
        .await
    }

    /// Reads, changes and writes while no other process can.
    pub(crate) async fn update<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Kept) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.locked(|store, path| {
            let mut kept = store.read_at(path)?;
            let result = change(&mut kept)?;
            let mut text = serde_json::to_vec_pretty(&kept)
                .map_err(|_| Failure::failed("the instances cannot be written as JSON"))?;
            text.push(b'\n');
            file::replace(path, &text)?;
            Ok(result)
        })
        .await
    }

    /// Runs `work` with the file that the path leads to, while no other process can. If the future is dropped before the lock
    /// is free, nothing is done.
    async fn locked<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self, &Path) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let store = self.clone();
        let wanted = Arc::new(());
        let still_wanted = Arc::downgrade(&wanted);
        let mut working = pin!(blocking::run(move || {
            let path = file::target(&store.path)?;
            let _lock = file::lock(&path)?;
            if still_wanted.strong_count() == 0 {
                return Err(Failure::interrupted("interrupted"));
            }
            work(&store, &path)
        }));
        if let Ok(result) = tokio::time::timeout(PATIENCE, working.as_mut()).await {
            return result;
        }
        terminal::say(&format!("Waiting for another program to release the lock on {}", self.path.display()));
        working.await
    }

    fn parse(&self, text: &str) -> Result<Kept, Failure> {
        let path = self.path.display();
        let help = "nothing was changed; fix the file, or move it away and start a new one";
        // The parser's own error is not shown: it quotes the value it stumbled over, and that may be a token.
        let kept: Kept = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Failure::failed(format!("{path} is not a store of instances: see line {line}, column {column}"))
                .help(help)
        })?;
        if kept.version == VERSION {
            Ok(kept)
        } else {
            Err(Failure::failed(format!(
                "{path} has version {}, and this program knows {VERSION}",
                kept.version
            ))
            .help(help))
        }
    }
}
