//! What a well-formed document says: whether the platform takes it, and as what.

mod create;
mod spelling;

use std::collections::HashSet;

use your_moms_core::text::is_placeholder;

use crate::finding::{Finding, Findings};
use crate::json::tree::{Node, Tree};
use crate::{DiagnosticKind, Expectations};

pub(crate) use spelling::path_segment;

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
    if create::connector(root).is_some() {
        return Role::Create { keyed: false };
    }
    let members = root.members();
    let close = |name: &str| TELLING.iter().any(|telling| spelling::is_close(name, telling));
    let telling = members.iter().any(|member| close(&member.name));
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
                        let message = "a member of this name comes twice; only the last one counts";
                        let help = "remove one of them, or give it another name";
                        Finding::new(DiagnosticKind::DuplicateMember, member.name_span.clone(), message, help)
                    });
                }
                everywhere(&member.node, findings);
            }
        }
        Tree::Array(items) => items.iter().for_each(|item| everywhere(item, findings)),
        Tree::Text(text) if is_placeholder(text) => findings.add(|| placeholder(node.span.clone())),
        _ => {}
    }
}

pub(crate) fn placeholder(span: std::ops::Range<usize>) -> Finding {
    Finding::new(
        DiagnosticKind::Placeholder,
        span,
        "this is a placeholder",
        "put your own value in its place",
    )
}
