//! The connectors there are, as data: one JSON file each.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub(crate) use connector::{Connector, Protocol, Scope, Service};
pub(crate) use docs::Deployment;
pub use error::CatalogueError;
pub(crate) use resource::{Resource, Seed, id_text};

mod builtin;
mod check;
mod connector;
mod docs;
mod error;
mod fields;
mod fix;
mod private;
mod resource;
mod show;

/// The connectors that a sandbox knows. Clones are cheap.
///
/// [`Default`] is an empty one. A connector is a JSON object with these members:
///
/// | member | |
/// |---|---|
/// | `id`, `key` | a number from 1 to 9999999 and a word, both of this connector only |
/// | `name`, `description`, `hub` | as the platform shows them |
/// | `image`, `active` | may be left out: none, and true |
/// | `authentication` | `oauth2`, `oauth1`, `basic`, `apiKey` or `custom` |
/// | `provider` | `name`; `accounts`, an array of names; `scopes`, an array of `{name, permits}`; `metaRedirects` for redirects as Instagram's; `redirectParameters`, an object of what else a redirect brings |
/// | `configuration` | an array of entries: `key`, `name`; `type`, `required`, `internal`, `default` and `secret` may be left out |
/// | `resources` | an array: `path`; `template`, what an account has; `objects`, what the accounts named in it have instead; `id`, the member with the id; `singleton` for one object in place of an array; `parameters`, an object of filters in a query, each with the member that has to equal it |
///
/// In the strings of a template, and of `redirectParameters`, `{account}` becomes the name of the account, and `{n}` its number, from 1. An id that is a
/// number is raised by a million for every account before it.
///
/// No file is read here; those that come with the sandbox are in `crates/sandbox/catalogue`. One's own:
///
/// ```
/// use your_moms_sandbox::{Catalogue, Sandbox};
///
/// let text = r#"{
///     "id": 900,
///     "key": "library",
///     "name": "Town library",
///     "description": "Books, and who has them.",
///     "hub": "documents",
///     "authentication": "basic",
///     "provider": { "name": "The library", "accounts": ["anna", "ben"] },
///     "configuration": [
///         { "key": "username", "name": "User name", "required": true },
///         { "key": "password", "name": "Password", "type": "PASSWORD", "required": true }
///     ],
///     "resources": [
///         { "path": "books", "template": [{ "id": 1, "title": "The diary of {account}" }] }
///     ]
/// }"#;
/// let sandbox = Sandbox::with_catalogue(1, Catalogue::builtin().with("library.json", text)?);
/// assert!(sandbox.catalogue().keys().any(|key| key == "library"));
///
/// let error = Catalogue::builtin().with("mine.json", &text.replace("library\"", "box\"")).unwrap_err();
/// assert_eq!(error.to_string(), "mine.json: `key`: \"box\" is the key in box.json too: choose another");
/// # Ok::<(), your_moms_sandbox::CatalogueError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    by_id: BTreeMap<u64, Arc<Connector>>,
    by_key: HashMap<String, u64>,
    next_private_id: u64,
    /// The keys of entries that are secret in any connector there has been.
    secret_entries: HashSet<String>,
}

/// Above those of the connectors that come with the sandbox.
const FIRST_PRIVATE_ID: u64 = 100_000;

impl Catalogue {
    /// The connectors that come with the sandbox.
    pub fn builtin() -> Self {
        builtin::CATALOGUE.clone()
    }

    /// With one more connector, which `text` describes. `file_name` is for the error only.
    ///
    /// # Errors
    /// [`CatalogueError`] if the description has a mistake, or if its key or id is taken.
    pub fn with(mut self, file_name: &str, text: &str) -> Result<Self, CatalogueError> {
        self.add(file_name, text)?;
        Ok(self)
    }

    /// The keys of all connectors, by ascending id of the connector.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.connectors().map(|connector| connector.key.as_str())
    }

    fn add(&mut self, file_name: &str, text: &str) -> Result<(), CatalogueError> {
        // Editors leave a byte order mark (RFC 8259 §8.1 lets it be ignored).
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut connector: Connector =
            serde_json::from_str(text).map_err(|error| CatalogueError::unreadable(file_name, &error))?;
        file_name.clone_into(&mut connector.file);
        check::connector(&connector)?;
        if let Some(other) = self.by_id.get(&connector.id) {
            return Err(connector.taken("id", &connector.id.to_string(), other));
        }
        if let Some(other) = self.by_key(&connector.key) {
            return Err(connector.taken("key", &format!("{:?}", connector.key), other));
        }
        self.put(connector);
        Ok(())
    }

    /// In place of one with the same id, if there is one.
    pub(crate) fn put(&mut self, connector: Connector) -> Arc<Connector> {
        if connector.owner.is_some() {
            self.next_private_id = self.next_private_id.max(connector.id.saturating_add(1));
        }
        self.secret_entries.extend(connector.secret_entries().map(str::to_owned));
        let connector = Arc::new(connector);
        self.by_key.insert(connector.key.clone(), connector.id);
        self.by_id.insert(connector.id, Arc::clone(&connector));
        connector
    }

    pub(crate) fn remove(&mut self, connector: &Connector) {
        self.by_key.remove(&connector.key);
        self.by_id.remove(&connector.id);
    }

    /// For a private connector: one that none has had.
    pub(crate) fn free_id(&self) -> u64 {
        let mut ids = self.next_private_id.max(FIRST_PRIVATE_ID)..;
        ids.find(|id| !self.by_id.contains_key(id)).unwrap_or_default()
    }

    /// A key for a clone.
    pub(crate) fn free_key(&self, key: &str) -> String {
        let first = std::iter::once(format!("{key}-clone"));
        let mut keys = first.chain((2_u64..).map(|number| format!("{key}-clone-{number}")));
        keys.find(|key| !self.by_key.contains_key(key)).unwrap_or_default()
    }

    /// Every connector, by ascending id.
    pub(crate) fn connectors(&self) -> impl Iterator<Item = &Arc<Connector>> {
        self.by_id.values()
    }

    pub(crate) fn by_key(&self, key: &str) -> Option<&Arc<Connector>> {
        self.by_id.get(self.by_key.get(key)?)
    }

    /// The connector with this key, or with this id written as a number.
    pub(crate) fn find(&self, key_or_id: &str) -> Option<&Arc<Connector>> {
        let by_id = || self.by_id.get(&key_or_id.parse().ok()?).filter(|it| it.id.to_string() == key_or_id);
        self.by_key(key_or_id).or_else(by_id)
    }

    /// Whether any connector has this configuration entry.
    pub(crate) fn has_entry(&self, key: &str) -> bool {
        self.connectors().any(|connector| connector.entry_id(key).is_some())
    }

    /// Whether a connector has, or had, this configuration entry and calls it a secret.
    pub(crate) fn has_secret_entry(&self, key: &str) -> bool {
        self.secret_entries.contains(key)
    }

    /// Whether the path of any connector's resource, or of an object in one, is this.
    pub(crate) fn has_resource(&self, path: &[&str]) -> bool {
        self.connectors().any(|connector| connector.resource(path).is_some())
    }

    /// Whether this is the name of a hub, or a segment in the path of a resource.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.connectors().any(|connector| {
            connector.hub == word || connector.resources().iter().any(|it| it.segments().any(|it| it == word))
        })
    }
}
