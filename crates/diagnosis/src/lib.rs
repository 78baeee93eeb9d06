//! What is wrong with an `instance.json` or a curl command that a person wrote, where, and how to fix it.
//!
//! The source document asks for "straight quotes", "plain text formatting" and no spaces at the ends of lines, and its own
//! samples break these rules: one bracket of the sample response is never closed. What it and other published samples get
//! wrong, people's files get wrong; each of these mistakes is a [`DiagnosticKind`].
//!
//! A linter, not a protocol: text goes in, a [`Document`] or a list of [`Diagnostic`]s comes out. How they are shown is the
//! caller's business.
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
//! let edit = diagnostic.edit.as_ref().ok_or("it can be fixed")?;
//! let mut fixed = text.to_owned();
//! fixed.replace_range(edit.span.bytes.clone(), &edit.replacement);
//! assert!(read(&fixed, &Expectations::default()).is_ok());
//! # Ok::<(), &str>(())
//! ```

mod command;
mod content;
mod diagnostic;
mod finding;
mod kind;
mod position;
mod scan;
mod typography;

use std::fmt;

use your_moms_core::{Instance, Json};

pub use diagnostic::{Diagnostic, Edit};
pub use kind::DiagnosticKind;
pub use position::{Position, Span};

use finding::Finding;
use position::Lines;

/// What a text was read as.
#[derive(Debug)]
#[non_exhaustive]
pub enum Document {
    /// The body of a creation, as it was written.
    Create(Json),
    /// The platform's response to one: it has a token.
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
}

/// Reads a document.
///
/// # Errors
/// [`DocumentError`] with the first mistake of the syntax, or with every mistake of the content.
pub fn read(text: &str, expect: &Expectations) -> Result<Document, DocumentError> {
    if command::is_command(text) {
        return match command::findings(text, expect) {
            findings if findings.is_empty() => Ok(Document::Command),
            findings => Err(DocumentError::new(text, findings)),
        };
    }
    let root = scan::scan(text).map_err(|finding| DocumentError::new(text, vec![finding]))?;
    let findings = content::findings(&root, expect);
    if !findings.is_empty() {
        return Err(DocumentError::new(text, findings));
    }
    content::convert(text, &root).map_err(|finding| DocumentError::new(text, vec![finding]))
}

/// What is wrong with a document: one mistake of its syntax, or all mistakes of its content, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError(Vec<Diagnostic>);

impl DocumentError {
    fn new(text: &str, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| finding.span.start);
        let lines = Lines::of(text);
        Self(findings.into_iter().map(|finding| finding.locate(&lines)).collect())
    }

    /// The diagnostics; there is at least one.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DocumentError {}
