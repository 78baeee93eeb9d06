//! The members of a request body that creating and updating an instance have in common.

use serde_json::{Map, Value};

use crate::markup;
use crate::response::Refusal;

pub(super) type Object = Map<String, Value>;

/// The object under `name`; `None` if it is left out.
pub(super) fn object<'a>(body: &'a Object, name: &str) -> Result<Option<&'a Object>, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(Refusal::bad_request(format!("{name} must be a JSON object."))),
    }
}

/// A string that is not blank.
pub(super) fn text<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// Without markup; `None` if nothing is left of it.
pub(super) fn name(body: &Object) -> Result<Option<String>, Refusal> {
    match body.get("name") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) => Ok(Some(markup::stripped(name)).filter(|name| !name.is_empty())),
        Some(_) => Err(Refusal::bad_request("name must be a string.")),
    }
}

/// Without markup, and without those of which nothing is left.
pub(super) fn tags(body: &Object) -> Result<Option<Vec<String>>, Refusal> {
    let wrong = || Refusal::bad_request("tags must be an array of strings.");
    let stripped = |tag: &Value| tag.as_str().map(markup::stripped).ok_or_else(wrong);
    match body.get("tags") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(tags)) => {
            let mut tags = tags.iter().map(stripped).collect::<Result<Vec<_>, _>>()?;
            tags.retain(|tag| !tag.is_empty());
            Ok(Some(tags))
        }
        Some(_) => Err(wrong()),
    }
}

/// The entries of `configuration`, each with a value that an entry may have.
pub(super) fn configuration(body: &Object) -> Result<Object, Refusal> {
    let given = object(body, "configuration")?.cloned().unwrap_or_default();
    if given.values().any(|value| value.is_object() || value.is_array()) {
        return Err(Refusal::bad_request(
            "The values in configuration must be strings, numbers, booleans or null.",
        ));
    }
    Ok(given)
}
