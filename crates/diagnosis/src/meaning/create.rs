//! Bodies that make an instance or change one, and the platform's response.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use your_moms_core::text::{connector_member, is_placeholder, split_url};

use super::{Role, spelling};
use crate::finding::{Finding, Findings};
use crate::json::tree::{Member, Node, Tree};
use crate::{DiagnosticKind, Expectations, secret_spans};

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

/// Members of a creation that stand inside another of its members where a bracket is in the wrong place.
const NEVER_ENTRIES: [&str; 6] = ["configuration", "name", "providerData", "tags", "your_mom", "element"];

/// The entry whose value is documented to be an object.
const OBJECT_ENTRY: &str = "event.poller.configuration";

/// The member under the deployment's noun: a known one, or else the one that is an object with a `key`.
pub(super) fn connector<'n, 'a>(root: &'n Node<'a>) -> Option<&'n Member<'a>> {
    let members = root.members().iter();
    let noun =
        connector_member(members.map(|member| (member.name.as_ref(), member.node.member("key").is_some())));
    let misspelt = || {
        root.members().iter().find(|member| member.node.is_object() && spelling::noun(&member.name).is_some())
    };
    noun.and_then(|noun| root.member(noun)).or_else(misspelt)
}

pub(super) fn check(root: &Node<'_>, role: Role, expect: &Expectations, findings: &mut Findings) {
    nested(root, findings);
    if role != Role::Instance {
        wrong_types(root, findings);
        misspelt(root, findings);
        code(root, findings);
    }
    names_connector(root, role, expect, findings);
    vocabulary(root, expect, findings);
    callback_url(root, role, expect, findings);
}

/// `text` as JSON writes it.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn names_connector(root: &Node<'_>, role: Role, expect: &Expectations, findings: &mut Findings) {
    let connector = connector(root);
    let Some(key) = connector.and_then(|connector| connector.node.member("key")) else {
        let is_object = connector.is_none_or(|connector| connector.node.is_object());
        let misspelt = connector.is_some_and(|connector| misspelt_key(connector).is_some());
        let optional = matches!(role, Role::Update | Role::Create { keyed: true });
        // The platform takes a connector's id as well.
        let has_id = connector.is_some_and(|connector| connector.node.member("id").is_some());
        // Otherwise its type or its spelling is what is wrong.
        if is_object && !misspelt && !optional && !has_id {
            findings.add(|| {
                let noun = expect.vocabulary.as_ref().map_or("your_mom", |vocabulary| vocabulary.noun());
                let help = format!("write `\"{noun}\": {{\"key\": \"instagram\"}}`, with your deployment's noun and connector");
                Finding::new(DiagnosticKind::MissingMember, root.span.start..root.span.start + 1, "no connector is named", help)
            });
        }
        return;
    };
    if let Some(expected) = expect.key.as_deref().filter(|expected| key.node.text() != Some(expected)) {
        findings.add(|| {
            let message = "the connector's key is not the one in the path of the first step";
            let help = format!("write `{expected}`, or request the OAuth URL of this connector");
            Finding::new(DiagnosticKind::KeyDiffers, key.node.span.clone(), message, help)
                .replace(quoted(expected))
        });
    }
}

fn vocabulary(root: &Node<'_>, expect: &Expectations, findings: &mut Findings) {
    let (Some(vocabulary), Some(connector)) = (&expect.vocabulary, connector(root)) else { return };
    if connector.name != vocabulary.noun() {
        findings.add(|| {
            let message = "the chosen vocabulary has another name for this member";
            let help = format!("write `{}`", vocabulary.noun());
            Finding::new(DiagnosticKind::VocabularyDiffers, connector.name_span.clone(), message, help)
                .replace(quoted(vocabulary.noun()))
        });
    }
}

fn callback_url(root: &Node<'_>, role: Role, expect: &Expectations, findings: &mut Findings) {
    let configuration = root.member("configuration").map(|member| &member.node);
    let Some(url) = configuration.and_then(|configuration| configuration.member("oauth.callback.url")) else {
        return;
    };
    if let Some(expected) = expect.callback_url.as_deref() {
        if url.node.text() != Some(expected) {
            findings.add(|| {
                let message = "the callback URL is not the one of the first step";
                // A URL can carry a token; then it is not quoted.
                if !secret_spans(expected).is_empty() {
                    let help = "write it exactly as in the first step";
                    return Finding::new(
                        DiagnosticKind::CallbackUrlDiffers,
                        url.node.span.clone(),
                        message,
                        help,
                    );
                }
                let help = format!("write `{expected}`, exactly");
                Finding::new(DiagnosticKind::CallbackUrlDiffers, url.node.span.clone(), message, help)
                    .replace(quoted(expected))
            });
        }
    } else if let Some(text) = url.node.text()
        && role != Role::Instance
        && !is_placeholder(text)
        && split_url(text).is_none_or(|parts| parts.authority.is_none_or(str::is_empty))
    {
        findings.add(|| {
            let message = "this is not a URL; the provider redirects the browser there";
            Finding::new(
                DiagnosticKind::InvalidUrl,
                url.node.span.clone(),
                message,
                "write it in full, beginning with `https://`",
            )
        });
    }
}

fn nested(root: &Node<'_>, findings: &mut Findings) {
    if let Some(connector) = connector(root) {
        let lost = members_among(&connector.node, &INSTANCE_MEMBERS);
        let help = "close the connector's `{` before this member";
        add_nested(&lost, "the connector", help, findings);
    }
    for name in ["configuration", "providerData"] {
        let Some(member) = root.member(name) else { continue };
        let lost = members_among(&member.node, &NEVER_ENTRIES);
        add_nested(
            &lost,
            &format!("`{name}`"),
            &format!("close the `{{` of `{name}` before this member"),
            findings,
        );
    }
}

fn members_among<'n, 'a>(node: &'n Node<'a>, names: &[&str]) -> Vec<&'n Member<'a>> {
    node.members().iter().filter(|member| names.contains(&member.name.as_ref())).collect()
}

fn add_nested(lost: &[&Member<'_>], place: &str, help: &str, findings: &mut Findings) {
    let Some(first) = lost.first() else { return };
    findings.add(|| {
        let names: Vec<String> = lost.iter().take(8).map(|member| format!("`{}`", member.name)).collect();
        let message = if lost.len() == 1 {
            format!("{} stands inside {place} and belongs beside it", names.join(", "))
        } else {
            format!("{} stand inside {place} and belong beside it", names.join(", "))
        };
        Finding::new(DiagnosticKind::Nested, first.name_span.clone(), message, help)
    });
}

fn wrong_types(root: &Node<'_>, findings: &mut Findings) {
    let mut check = |node: &Node<'_>, name: &str, right: bool, wanted: &str| {
        if !right {
            findings.add(|| {
                let message = format!("the value of `{name}` has the wrong type");
                Finding::new(DiagnosticKind::WrongType, node.span.clone(), message, format!("write {wanted}"))
            });
        }
    };
    let is_text = |node: &Node<'_>| matches!(node.value, Tree::Text(_));
    if let Some(connector) = connector(root) {
        check(&connector.node, &connector.name, connector.node.is_object(), "an object with a `key`");
        if let Some(key) = connector.node.member("key") {
            check(&key.node, "key", is_text(&key.node), "text in quotes");
        }
    }
    for name in ["providerData", "configuration"] {
        let Some(member) = root.member(name) else { continue };
        check(&member.node, name, member.node.is_object(), "an object, in `{` and `}`");
        for entry in
            member.node.members().iter().filter(|entry| !NEVER_ENTRIES.contains(&entry.name.as_ref()))
        {
            let scalar = !matches!(entry.node.value, Tree::Object(_) | Tree::Array(_));
            let right = if name == "providerData" { is_text(&entry.node) } else { scalar };
            let documented = entry.name == OBJECT_ENTRY && entry.node.is_object();
            check(&entry.node, &entry.name, right || documented, "text in quotes");
        }
    }
    if let Some(name) = root.member("name") {
        check(&name.node, "name", is_text(&name.node), "text in quotes");
    }
    if let Some(tags) = root.member("tags") {
        let right = matches!(&tags.node.value, Tree::Array(items) if items.iter().all(is_text));
        check(&tags.node, "tags", right, "a list of strings: `[\"one\", \"two\"]`");
    }
}

fn misspelt(root: &Node<'_>, findings: &mut Findings) {
    let noun = connector(root).map(|connector| connector.name.as_ref());
    let taken = names(root);
    for member in root.members() {
        let meant = if Some(member.name.as_ref()) == noun {
            spelling::noun(&member.name)
        } else {
            spelling::member(&member.name, noun, |right| taken.contains(right))
        };
        add_misspelt(member, meant, findings);
    }
    if let Some(key) = connector(root).and_then(misspelt_key) {
        add_misspelt(key, Some("key"), findings);
    }
    if let Some(configuration) = root.member("configuration") {
        let taken = names(&configuration.node);
        // One name may come many times.
        let mut asked = HashMap::new();
        for entry in configuration.node.members().iter().filter(|entry| entry.name.len() < 64) {
            let meant = *asked
                .entry(entry.name.as_ref())
                .or_insert_with(|| spelling::entry(&entry.name, |right| taken.contains(right)));
            add_misspelt(entry, meant, findings);
        }
    }
}

/// The names of an object's members. Looked up in a set: there may be many members, each misspelt.
fn names<'n>(node: &'n Node<'_>) -> HashSet<&'n str> {
    node.members().iter().map(|member| member.name.as_ref()).collect()
}

/// The member of a connector without `key` that was meant as one.
fn misspelt_key<'n, 'a>(connector: &'n Member<'a>) -> Option<&'n Member<'a>> {
    let members = connector.node.members();
    if connector.node.member("key").is_some() {
        return None;
    }
    members.iter().find(|member| {
        member.node.text().is_some() && member.name.len() <= 5 && spelling::is_close(&member.name, "key")
    })
}

fn add_misspelt(member: &Member<'_>, meant: Option<&'static str>, findings: &mut Findings) {
    if let Some(meant) = meant {
        findings.add(|| {
            let message = format!("`{}` is not a member that the platform knows", member.name);
            Finding::new(
                DiagnosticKind::Misspelt,
                member.name_span.clone(),
                message,
                format!("did you mean `{meant}`?"),
            )
            .replace(quoted(meant))
        });
    }
}

/// Instagram's and Meta's redirects end in `#_`, which is not part of the code.
fn code(root: &Node<'_>, findings: &mut Findings) {
    let Some(code) = root.member("providerData").and_then(|data| data.node.member("code")) else { return };
    if code.node.text().is_some_and(|text| text.ends_with("#_")) {
        let end = code.node.span.end.saturating_sub(1);
        let span = end.saturating_sub(2)..end;
        findings.add(|| {
            let message = "`#_` is not part of the code; the provider appends it to its redirect";
            Finding::new(DiagnosticKind::CodeSuffix, span, message, "remove it").remove()
        });
    }
}
