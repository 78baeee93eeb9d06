//! `GET` and `PATCH /instances/{id}/configuration[/{entry}]`, with or without an id.

use serde_json::Value;

use super::body::Object;
use super::{Incoming, Outcome, Platform};
use crate::instance::Instance;
use crate::response::{Refusal, instance_response};
use crate::route::Which;

impl Platform {
    pub(super) fn configuration(
        &self,
        incoming: &Incoming<'_>,
        which: &Which,
        entry: Option<&str>,
    ) -> Outcome {
        let instance = self.chosen(incoming, which)?;
        let shown = match entry {
            None => instance.entries_json(),
            Some(entry) => instance.entry_json(known_key(instance, entry)?),
        };
        Ok(instance_response(instance.id, &shown))
    }

    /// `{"propertyValue": …}` for the entry in the path; without one, an object or an array of objects that name their
    /// entries. All are changed, or none. The response has the shape of the request.
    pub(super) fn update_configuration(
        &mut self,
        incoming: &Incoming<'_>,
        which: &Which,
        entry: Option<&str>,
    ) -> Outcome {
        let instance = self.chosen(incoming, which)?;
        let id = instance.id;
        let (changes, many) = match (incoming.json()?, entry) {
            (Value::Object(change), _) => (vec![change], false),
            (Value::Array(changes), None) => {
                (changes.into_iter().map(object).collect::<Result<_, _>>()?, true)
            }
            (_, Some(_)) => return Err(Refusal::bad_request("The request body must be a JSON object.")),
            (_, None) => {
                return Err(Refusal::bad_request("The request body must be a JSON array or object."));
            }
        };
        let mut keys = Vec::new();
        let mut values = Object::new();
        for change in &changes {
            let key = entry_of(instance, change, entry)?.to_owned();
            let value = change.get("propertyValue").filter(|value| !value.is_object() && !value.is_array());
            let value = value.ok_or_else(|| {
                Refusal::bad_request("propertyValue must be a string, a number, a boolean or null.")
            })?;
            values.insert(key.clone(), value.clone());
            keys.push(key);
        }
        instance.leave_masked(&mut values);
        let instance = self.instances.get_mut(id).ok_or_else(|| Refusal::none_found("instance"))?;
        instance.configure(values);
        let mut shown = keys.iter().map(|key| instance.entry_json(key));
        let shown = if many { shown.collect() } else { shown.next().unwrap_or_default() };
        Ok(instance_response(id, &shown))
    }
}

fn object(value: Value) -> Result<Object, Refusal> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Refusal::bad_request("Each element of the request body must be a JSON object.")),
    }
}

/// By the path, by `key` and by `id`, whichever are given; all of them must mean the same entry.
fn entry_of<'a>(instance: &'a Instance, change: &Object, in_path: Option<&str>) -> Result<&'a str, Refusal> {
    let text = |name| change.get(name).filter(|value| !value.is_null());
    let key = match text("key") {
        None => None,
        Some(Value::String(key)) => Some(key.clone()),
        Some(_) => return Err(Refusal::bad_request("key must be a string.")),
    };
    let id = match text("id") {
        None => None,
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err(Refusal::bad_request("id must be a number.")),
    };
    let mut found = None;
    for name in [in_path, key.as_deref(), id.as_deref()].into_iter().flatten() {
        let key = known_key(instance, name)?;
        if found.replace(key).is_some_and(|other| other != key) {
            return Err(Refusal::bad_request("key and id name different entries."));
        }
    }
    found.ok_or_else(|| Refusal::bad_request("Each entry needs a key or an id."))
}

fn known_key<'a>(instance: &'a Instance, key_or_id: &str) -> Result<&'a str, Refusal> {
    instance.entry_key(key_or_id).ok_or_else(|| Refusal::none_found("configuration"))
}
