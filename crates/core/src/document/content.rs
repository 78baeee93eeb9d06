//! What a well-formed document says: whether it can be sent, and the value it stands for.

use serde_json::Map;

use super::scan::{Member, Node, Value};
use super::{Document, Expectations, FaultKind, Found};
use crate::placeholder::is_placeholder;
use crate::{ConfigurationValue, CreateInstance, Instance, Json, noun};

/// Members of an instance that no connector has; inside one, a bracket is in the wrong place.
const INSTANCE_MEMBERS: [&str; 11] = [
    "cacheTimeToLive",
    "cachingEnabled",
    "configuration",
    "disabled",
    "eventsEnabled",
    "maxCacheSize",
    "providerData",
    "provisionInteractions",
    "tags",
    "token",
    "valid",
];

pub(super) fn faults(root: &Node, expect: &Expectations) -> Vec<Found> {
    if !matches!(root.value, Value::Object(_)) {
        return vec![Found::new(
            FaultKind::WrongType,
            root.span.clone(),
            "this is no object",
            "begin with `{`",
        )];
    }
    let mut faults = Vec::new();
    placeholders(root, &mut faults);
    faults.extend(nested(root));
    if !is_instance(root) {
        faults.extend(wrong_types(root));
    }
    let connector = connector(root);
    match connector.and_then(|connector| connector.node.member("key")) {
        // Then that is the fault.
        None if connector.is_some_and(|connector| !matches!(connector.node.value, Value::Object(_))) => {}
        None => {
            let mend =
                "write `\"your_mom\": {\"key\": \"instagram\"}`, with your deployment's noun and connector";
            faults.push(Found::new(
                FaultKind::MissingMember,
                root.span.start..root.span.start + 1,
                "no connector is named",
                mend,
            ));
        }
        Some(key) => {
            if let Some(expected) = expect.key.as_deref().filter(|expected| key.node.text() != Some(expected))
            {
                let what = "the connector's key is not the one in the path of the first step";
                let mend = format!("write `{expected}`, or ask for the OAuth URL of this connector");
                faults.push(Found::new(FaultKind::KeyDiffers, key.node.span.clone(), what, mend));
            }
        }
    }
    let callback_url =
        root.member("configuration").and_then(|member| member.node.member("oauth.callback.url"));
    if let (Some(member), Some(expected)) = (callback_url, expect.callback_url.as_deref())
        && member.node.text() != Some(expected)
    {
        let what = "the callback URL is not the one of the first step";
        let mend = format!("write `{expected}`, to the letter");
        faults.push(Found::new(FaultKind::CallbackUrlDiffers, member.node.span.clone(), what, mend));
    }
    faults
}

fn placeholders(node: &Node, faults: &mut Vec<Found>) {
    match &node.value {
        Value::Object(members) => members.iter().for_each(|member| placeholders(&member.node, faults)),
        Value::Array(items) => items.iter().for_each(|item| placeholders(item, faults)),
        Value::Text(text) if is_placeholder(text) => {
            let what = "this is a sample's placeholder";
            let mend = "put your own value in its place";
            faults.push(Found::new(FaultKind::Placeholder, node.span.clone(), what, mend));
        }
        _ => {}
    }
}

/// Only the answer of the platform has both.
fn is_instance(root: &Node) -> bool {
    root.member("token").is_some() && root.member("id").is_some()
}

/// The member under the deployment's noun: a known one, or else the one that is an object with a `key`.
fn connector(root: &Node) -> Option<&Member> {
    let members = root.members().iter();
    root.member(noun::find(
        members.map(|member| (member.name.as_str(), member.node.member("key").is_some())),
    )?)
}

fn nested(root: &Node) -> Option<Found> {
    let members = connector(root)?.node.members();
    let lost: Vec<&Member> =
        members.iter().filter(|member| INSTANCE_MEMBERS.contains(&member.name.as_str())).collect();
    let first = lost.first()?;
    let names: Vec<String> = lost.iter().map(|member| format!("`{}`", member.name)).collect();
    let what = format!("{} stand inside the connector and belong beside it", names.join(", "));
    let mend = "close the connector's `{` before this member";
    Some(Found::new(FaultKind::Nested, first.name_span.clone(), what, mend))
}

/// A creation is checked strictly; what the platform answered is taken as it is.
fn wrong_types(root: &Node) -> Vec<Found> {
    let mut faults = Vec::new();
    let mut check = |node: &Node, name: &str, right: bool, wanted: &str| {
        if !right {
            let what = format!("the value of `{name}` is of the wrong kind");
            faults.push(Found::new(FaultKind::WrongType, node.span.clone(), what, format!("write {wanted}")));
        }
    };
    let is_object = |node: &Node| matches!(node.value, Value::Object(_));
    let is_text = |node: &Node| matches!(node.value, Value::Text(_));
    if let Some(connector) = connector(root) {
        check(&connector.node, &connector.name, is_object(&connector.node), "an object with a `key`");
        if let Some(key) = connector.node.member("key") {
            check(&key.node, "key", is_text(&key.node), "text in quotes");
        }
    }
    for name in ["providerData", "configuration"] {
        let Some(member) = root.member(name) else { continue };
        check(&member.node, name, is_object(&member.node), "an object, in `{` and `}`");
        for entry in member.node.members() {
            let scalar = !matches!(entry.node.value, Value::Object(_) | Value::Array(_));
            let right = if name == "providerData" { is_text(&entry.node) } else { scalar };
            check(&entry.node, &entry.name, right, "text in quotes");
        }
    }
    if let Some(name) = root.member("name") {
        check(&name.node, "name", is_text(&name.node), "text in quotes");
    }
    if let Some(tags) = root.member("tags") {
        let right = matches!(&tags.node.value, Value::Array(items) if items.iter().all(is_text));
        check(&tags.node, "tags", right, "a list of texts: `[\"one\", \"two\"]`");
    }
    faults
}

/// The value of a document that has no fault.
pub(super) fn convert(text: &str, root: &Node) -> Result<Document, Found> {
    // The scanner reads what the parser reads; should they ever differ, the document is refused and nothing is lost.
    let unreadable = |_| {
        Found::new(
            FaultKind::Unexpected,
            root.span.clone(),
            "this cannot be read",
            "write it as in the platform's samples",
        )
    };
    if is_instance(root) {
        return serde_json::from_str::<Instance>(text).map(Document::Instance).map_err(unreadable);
    }
    let mut members: Map<String, serde_json::Value> = serde_json::from_str(text).map_err(unreadable)?;
    let connector = connector(root).and_then(|member| members.remove(&member.name)).unwrap_or_default();
    let key = connector.get("key").and_then(serde_json::Value::as_str).unwrap_or_default();
    let mut create = CreateInstance::new(key);
    for (name, value) in members {
        create = match (name.as_str(), value) {
            ("providerData", serde_json::Value::Object(entries)) => {
                entries.into_iter().fold(create, |create, (name, value)| {
                    create.provider_data(name, value.as_str().unwrap_or_default())
                })
            }
            ("configuration", serde_json::Value::Object(entries)) => {
                entries.into_iter().fold(create, |create, (key, value)| {
                    create.configuration(key, ConfigurationValue::from(value))
                })
            }
            ("tags", serde_json::Value::Array(tags)) => {
                tags.iter().filter_map(serde_json::Value::as_str).fold(create, CreateInstance::tag)
            }
            ("name", serde_json::Value::String(name)) => create.name(name),
            (_, value) => create.field(name, Json(value)),
        };
    }
    Ok(Document::Create(create))
}
