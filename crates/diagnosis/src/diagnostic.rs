//! What a caller gets to know of one mistake.

use std::fmt;

use crate::{DiagnosticKind, Span};

/// One mistake. Nothing of it quotes a value of the document, but for a callback URL and the
/// names of members. `Display` is place, message and help
/// on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which of the known mistakes it is.
    pub kind: DiagnosticKind,
    /// Where it is; empty where something is missing.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it, in words.
    pub help: Option<String>,
    /// A change of the text that does it, where the text alone says which.
    pub edit: Option<Edit>,
    /// Another change that does it, instead of the first: a text that goes on in the next line can be joined, or keep its
    /// line break.
    pub alternative: Option<Edit>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.span.start, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// A change that fixes a mistake: `replacement` in place of what stands at `span`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What is replaced; empty where text is inserted.
    pub span: Span,
    /// What takes its place; empty where text is removed.
    pub replacement: String,
}
