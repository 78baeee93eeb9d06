//! What a service has for each of its accounts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A hub resource: a collection of objects, or a single one.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resource {
    /// Such as `folders/contents`.
    pub(crate) path: String,
    /// The member in which each object of a collection has its id.
    #[serde(default = "id", rename = "id")]
    pub(crate) id_member: String,
    #[serde(default)]
    pub(crate) singleton: bool,
    /// Filters of the service's own: a parameter in the query, and the member of an object that has to equal it.
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, String>,
    /// Of those accounts that have objects of their own.
    #[serde(default)]
    pub(super) objects: BTreeMap<String, Value>,
    /// Of every other account. In strings, `{account}` is its name and `{n}` its number, from 1; an id that is a number
    /// is counted on by [`IDS_OF_AN_ACCOUNT`] for each account before it.
    pub(super) template: Value,
}

/// Whose objects they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed<'a> {
    pub(crate) account: &'a str,
    /// Its place among the accounts of the service, from 0.
    pub(crate) index: u64,
}

impl Seed<'_> {
    /// A text of a template.
    pub(crate) fn fill_in(&self, text: &str) -> String {
        // The number first: a name may look like a placeholder.
        let number = self.index.saturating_add(1).to_string();
        text.replace("{n}", &number).replace("{account}", self.account)
    }
}

/// So that a template gives no two accounts the same id.
const IDS_OF_AN_ACCOUNT: u64 = 1_000_000;

fn id() -> String {
    "id".to_owned()
}

impl Resource {
    pub(crate) fn segments(&self) -> impl Iterator<Item = &str> {
        self.path.split('/')
    }

    /// What an account has before anything is changed: an array, or the one object.
    pub(crate) fn seeded(&self, seed: Seed<'_>) -> Value {
        self.objects.get(seed.account).cloned().unwrap_or_else(|| {
            let mut objects = self.template.clone();
            fill_in(&mut objects, seed);
            objects.as_array_mut().into_iter().flatten().for_each(|object| self.count_on(object, seed.index));
            objects
        })
    }

    /// The id of an object, as a path has it.
    pub(crate) fn id_of(&self, object: &Value) -> Option<String> {
        id_text(object.get(&self.id_member)?)
    }

    fn count_on(&self, object: &mut Value, index: u64) {
        let id = object.get_mut(&self.id_member);
        if let Some((id, number)) = id.and_then(|id| id.as_u64().map(|number| (id, number))) {
            *id = number.saturating_add(index.saturating_mul(IDS_OF_AN_ACCOUNT)).into();
        }
    }
}

/// An id as a path has it: a text that is not empty, or a whole number.
pub(crate) fn id_text(id: &Value) -> Option<String> {
    match id {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.as_u64()?.to_string()),
        _ => None,
    }
}

fn fill_in(value: &mut Value, seed: Seed<'_>) {
    match value {
        Value::String(text) if text.contains('{') => *text = seed.fill_in(text),
        Value::Array(values) => values.iter_mut().for_each(|value| fill_in(value, seed)),
        Value::Object(members) => members.values_mut().for_each(|value| fill_in(value, seed)),
        _ => {}
    }
}
