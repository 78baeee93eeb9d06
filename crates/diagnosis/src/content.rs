//! What a well-formed document says: whether it can be sent, and the value it stands for.

use serde_json::Value;

use your_moms_core::Json;
use your_moms_core::text::{connector_member, is_placeholder};

use crate::finding::Finding;
use crate::scan::{Member, Node, Tree};
use crate::{DiagnosticKind, Document, Expectations};

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

pub(crate) fn findings(root: &Node, expect: &Expectations) -> Vec<Finding> {
    if !matches!(root.value, Tree::Object(_)) {
        return vec![Finding::new(
            DiagnosticKind::WrongType,
            root.span.clone(),
            "this is no object",
            "begin with `{`",
        )];
    }
    let mut findings = Vec::new();
    placeholders(root, &mut findings);
    findings.extend(nested(root));
    if !is_instance(root) {
        findings.extend(wrong_types(root));
    }
    let connector = connector(root);
    match connector.and_then(|connector| connector.node.member("key")) {
        // Then its type is what is wrong.
        None if connector.is_some_and(|connector| !matches!(connector.node.value, Tree::Object(_))) => {}
        None => {
            let help =
                "write `\"your_mom\": {\"key\": \"instagram\"}`, with your deployment's noun and connector";
            findings.push(Finding::new(
                DiagnosticKind::MissingMember,
                root.span.start..root.span.start + 1,
                "no connector is named",
                help,
            ));
        }
        Some(key) => {
            if let Some(expected) = expect.key.as_deref().filter(|expected| key.node.text() != Some(expected))
            {
                let message = "the connector's key is not the one in the path of the first step";
                let help = format!("write `{expected}`, or ask for the OAuth URL of this connector");
                findings.push(
                    Finding::new(DiagnosticKind::KeyDiffers, key.node.span.clone(), message, help)
                        .replace(quoted(expected)),
                );
            }
        }
    }
    let callback_url =
        root.member("configuration").and_then(|member| member.node.member("oauth.callback.url"));
    if let (Some(member), Some(expected)) = (callback_url, expect.callback_url.as_deref())
        && member.node.text() != Some(expected)
    {
        let message = "the callback URL is not the one of the first step";
        let help = format!("write `{expected}`, to the letter");
        findings.push(
            Finding::new(DiagnosticKind::CallbackUrlDiffers, member.node.span.clone(), message, help)
                .replace(quoted(expected)),
        );
    }
    findings
}

/// `text` as JSON writes it.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn placeholders(node: &Node, findings: &mut Vec<Finding>) {
    match &node.value {
        Tree::Object(members) => members.iter().for_each(|member| placeholders(&member.node, findings)),
        Tree::Array(items) => items.iter().for_each(|item| placeholders(item, findings)),
        Tree::Text(text) if is_placeholder(text) => {
            let message = "this is a sample's placeholder";
            let help = "put your own value in its place";
            findings.push(Finding::new(DiagnosticKind::Placeholder, node.span.clone(), message, help));
        }
        _ => {}
    }
}

/// Only the response of the platform has both.
fn is_instance(root: &Node) -> bool {
    root.member("token").is_some() && root.member("id").is_some()
}

/// The member under the deployment's noun: a known one, or else the one that is an object with a `key`.
fn connector(root: &Node) -> Option<&Member> {
    let members = root.members().iter();
    root.member(connector_member(
        members.map(|member| (member.name.as_str(), member.node.member("key").is_some())),
    )?)
}

fn nested(root: &Node) -> Option<Finding> {
    let members = connector(root)?.node.members();
    let lost: Vec<&Member> =
        members.iter().filter(|member| INSTANCE_MEMBERS.contains(&member.name.as_str())).collect();
    let first = lost.first()?;
    let names: Vec<String> = lost.iter().map(|member| format!("`{}`", member.name)).collect();
    let message = format!("{} stand inside the connector and belong beside it", names.join(", "));
    let help = "close the connector's `{` before this member";
    Some(Finding::new(DiagnosticKind::Nested, first.name_span.clone(), message, help))
}

/// A creation is checked strictly; what the platform answered is taken as it is.
fn wrong_types(root: &Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut check = |node: &Node, name: &str, right: bool, wanted: &str| {
        if !right {
            let message = format!("the value of `{name}` is of the wrong kind");
            findings.push(Finding::new(
                DiagnosticKind::WrongType,
                node.span.clone(),
                message,
                format!("write {wanted}"),
            ));
        }
    };
    let is_object = |node: &Node| matches!(node.value, Tree::Object(_));
    let is_text = |node: &Node| matches!(node.value, Tree::Text(_));
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
            let scalar = !matches!(entry.node.value, Tree::Object(_) | Tree::Array(_));
            let right = if name == "providerData" { is_text(&entry.node) } else { scalar };
            check(&entry.node, &entry.name, right, "text in quotes");
        }
    }
    if let Some(name) = root.member("name") {
        check(&name.node, "name", is_text(&name.node), "text in quotes");
    }
    if let Some(tags) = root.member("tags") {
        let right = matches!(&tags.node.value, Tree::Array(items) if items.iter().all(is_text));
        check(&tags.node, "tags", right, "a list of texts: `[\"one\", \"two\"]`");
    }
    findings
}

/// The value of a document in which nothing is wrong.
pub(crate) fn convert(text: &str, root: &Node) -> Result<Document, Finding> {
    // The scanner reads what the parser reads; should they ever differ, the document is refused and nothing is lost.
    let unreadable = |_: serde_json::Error| {
        Finding::new(
            DiagnosticKind::Unexpected,
            root.span.clone(),
            "this cannot be read",
            "write it as in the platform's samples",
        )
    };
    if is_instance(root) {
        return serde_json::from_str(text)
            .map(|instance| Document::Instance(Box::new(instance)))
            .map_err(unreadable);
    }
    serde_json::from_str::<Json>(text).map(Document::Create).map_err(unreadable)
}
