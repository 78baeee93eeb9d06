//! What a well-formed document says: whether the platform takes it, and as what.

mod create;
mod spelling;

use std::collections::HashSet;
use std::ops::Range;

use your_moms_core::text::placeholders;

use crate::finding::{Finding, Findings};
use crate::json::tree::{Member, Node, Tree};
use crate::{DiagnosticKind, Expectations};

pub(crate) use spelling::{authorization_part, path_segment};

/// What a body is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It creates an instance; `keyed` says that the path names the connector.
    Create { keyed: bool },
    /// It changes an instance.
    Update,
    /// The platform's response to a creation.
    Instance,
    /// It is passed on to the service, or to another call of the platform.
    Request,
}

/// The members that only what makes or changes an instance has.
const TELLING: [&str; 5] = [
    "providerData",
    "configuration",
    "externalAuthentication",
    "oauthProxy",
    "retrieveObjectsAfterInstantiation",
];

/// What a file is for, from what it says.
pub(crate) fn role(root: &Node<'_>) -> Role {
    let has = |name: &str| root.member(name).is_some();
    if has("token") && has("id") {
        return Role::Instance;
    }
    if is_listing(root) || is_response(root) {
        return Role::Request;
    }
    if create::connector(root).is_some() {
        return Role::Create { keyed: false };
    }
    let members = root.members();
    let close = |name: &str| TELLING.iter().any(|telling| spelling::is_close(name, telling));
    let only = |name: &str| members.iter().all(|member| member.name == name || !close(&member.name));
    // Formulas and transformations have a `configuration` too, among members that no instance has.
    let is_foreign = only("configuration") && members.iter().any(is_foreign);
    let telling = !is_foreign && members.iter().any(|member| close(&member.name));
    // What is renamed or gets other tags is named by its id; what is authorized again keeps its name.
    if has("id") || telling && !has("name") {
        return if telling || members.iter().all(|member| spelling::is_known(&member.name)) {
            Role::Update
        } else {
            Role::Request
        };
    }
    let known = members.iter().all(|member| spelling::is_known(&member.name));
    if telling || known { Role::Create { keyed: false } } else { Role::Request }
}

/// Whether the platform sends a list like this one. A body that someone put into `[ ]` is none.
fn is_listing(root: &Node<'_>) -> bool {
    let Tree::Array(items) = &root.value else { return false };
    let is_body = |item: &Node<'_>| {
        create::connector(item).is_some() && item.member("id").is_none()
            || item.member("providerData").is_some()
    };
    !items.is_empty() && items.iter().all(|item| item.is_object() && !is_body(item))
}

/// Whether it is the response of the first step, or an instance as lists show it, without its token.
fn is_response(root: &Node<'_>) -> bool {
    let has = |name: &str| root.member(name).is_some();
    has("oauthUrl") || has("id") && ["valid", "createdDate", "cachingEnabled"].into_iter().any(has)
}

/// Whether no body that makes or changes an instance has a member like this, however it may be spelt. An object may be a
/// connector under a wrong name, and what belongs inside another member may have slipped out of it.
fn is_foreign(member: &Member<'_>) -> bool {
    let inner = member.name.contains('.') || ["key", "code", "username", "password"].contains(&&*member.name);
    let known = inner || spelling::is_known(&member.name) || spelling::is_misspelt(&member.name);
    !known && !member.node.is_object()
}

/// What is wrong with a document of this role.
pub(crate) fn findings(root: &Node<'_>, role: Role, expect: &Expectations) -> Findings {
    let mut findings = Findings::default();
    if !root.is_object() && role != Role::Request {
        findings.add(|| {
            Finding::new(
                DiagnosticKind::WrongType,
                root.span.clone(),
                "this is not an object",
                "begin with `{`",
            )
        });
        return findings;
    }
    everywhere(root, &mut findings);
    if role != Role::Request {
        create::check(root, role, expect, &mut findings);
    }
    findings
}

/// What is wrong in any document.
fn everywhere(node: &Node<'_>, findings: &mut Findings) {
    match &node.value {
        Tree::Object(members) => {
            let mut names = HashSet::with_capacity(members.len());
            for member in members {
                if !names.insert(member.name.as_ref()) {
                    findings.add(|| {
                        let message = "this name comes twice in the object; only the last value counts";
                        let help = "remove one of them, or give it another name";
                        Finding::new(DiagnosticKind::DuplicateMember, member.name_span.clone(), message, help)
                    });
                }
                everywhere(&member.node, findings);
            }
        }
        Tree::Array(items) => items.iter().for_each(|item| everywhere(item, findings)),
        Tree::Text(text) if has_placeholder(text) => findings.add(|| placeholder(node.span.clone())),
        _ => {}
    }
}

/// Whether something in a text is to be filled in. Dots among words are no gap: "photos, videos, ...".
fn has_placeholder(text: &str) -> bool {
    let is_dots = |span: &Range<usize>| {
        text.get(span.clone()).is_some_and(|found| found.starts_with(['.', '\u{2026}']))
    };
    let found = placeholders(text);
    if found.is_empty() || !found.iter().all(is_dots) {
        return !found.is_empty();
    }
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    words.take(2).count() < 2
}

pub(crate) fn placeholder(span: Range<usize>) -> Finding {
    Finding::new(
        DiagnosticKind::Placeholder,
        span,
        "this is a placeholder",
        "put your own value in its place",
    )
}
