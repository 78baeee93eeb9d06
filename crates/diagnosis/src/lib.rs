//! What is wrong with an `instance.json` or a curl command that a person wrote, where, and how to fix it.
//!
//! The source document asks for "straight quotes", "plain text formatting" and no spaces at the ends of lines, and its own
//! samples break these rules: one bracket of the sample response is never closed. What it and other published samples get
//! wrong, people's files get wrong; each of these mistakes is a [`DiagnosticKind`].
//!
//! A linter, not a protocol: text goes in, a [`Document`] or a list of [`Diagnostic`]s comes out. How they are shown is the
//! caller's business; [`secret_spans`] says what must not be.
//!
//! ```
//! use your_moms_diagnosis::{DiagnosticKind, Expectations, read};
//!
//! let text = "{\n  \"your_mom\": {\n    \"key\": \"instagram\"\n  }\n  \"name\": \"Photos\"\n}";
//! let error = read(text, &Expectations::default()).unwrap_err();
//! let diagnostic = &error.diagnostics()[0];
//! assert_eq!(diagnostic.kind, DiagnosticKind::MissingComma);
//! assert_eq!(diagnostic.to_string(), "4:4: a comma is missing before what follows; write `,` here");
//!
//! let fixed = error.fixed(text).ok_or("it can be fixed")?;
//! assert!(read(&fixed, &Expectations::default()).is_ok());
//! # Ok::<(), &str>(())
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod curl;
mod diagnostic;
mod edit;
mod error;
mod finding;
mod json;
mod kind;
mod meaning;
mod secrets;
mod shell;
mod syntax;
mod text;

use your_moms_core::{Instance, Json, Vocabulary};

pub use diagnostic::{Diagnostic, Edit};
pub use error::DocumentError;
pub use kind::DiagnosticKind;
pub use secrets::secret_spans;
pub use text::position::{Position, Span};

use finding::{Finding, Findings};
use meaning::Role;

/// What a text was read as.
#[derive(Debug)]
#[non_exhaustive]
pub enum Document {
    /// The body of a creation, as it was written.
    Create(Json),
    /// The body of a request that changes an instance, as it was written.
    Update(Json),
    /// The body of another request, as it was written: only its syntax is known.
    Request(Json),
    /// The platform's response to a creation: it has a token.
    Instance(Box<Instance>),
    /// A curl command in which nothing is wrong.
    Command,
}

/// What is known from elsewhere and must agree with the document.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// The connector's key, as it stands in the path of the first step.
    pub key: Option<String>,
    /// The callback URL of the first step.
    pub callback_url: Option<String>,
    /// The vocabulary of the deployment.
    pub vocabulary: Option<Vocabulary>,
}

/// Reads a document.
///
/// # Errors
/// [`DocumentError`] with the mistakes of the syntax, as far as they can be told, or with every mistake of the content.
pub fn read(text: &str, expect: &Expectations) -> Result<Document, DocumentError> {
    if shell::is_command(text) {
        return ok_if_none(text, curl::findings(text, expect)).map(|()| Document::Command);
    }
    let checked = syntax::check(text);
    ok_if_none(text, checked.findings)?;
    let root = checked.root.ok_or_else(|| DocumentError::new(text, one(unreadable(text))))?;
    let role = meaning::role(&root);
    ok_if_none(text, meaning::findings(&root, role, expect))?;
    convert(text, role).map_err(|_| DocumentError::new(text, one(unreadable(text))))
}

fn ok_if_none(text: &str, findings: Findings) -> Result<(), DocumentError> {
    if findings.is_empty() { Ok(()) } else { Err(DocumentError::new(text, findings)) }
}

fn one(finding: Finding) -> Findings {
    let mut findings = Findings::default();
    findings.add(|| finding);
    findings
}

/// The lexer reads what the parser reads; should they ever differ, the document is refused and nothing is lost.
fn unreadable(text: &str) -> Finding {
    let help = "write it as in the platform's samples";
    Finding::new(DiagnosticKind::Unexpected, 0..text.len(), "this cannot be read", help)
}

fn convert(text: &str, role: Role) -> serde_json::Result<Document> {
    Ok(match role {
        Role::Instance => Document::Instance(Box::new(serde_json::from_str(text)?)),
        Role::Create { .. } => Document::Create(serde_json::from_str(text)?),
        Role::Update => Document::Update(serde_json::from_str(text)?),
        Role::Request => Document::Request(serde_json::from_str(text)?),
    })
}
