//! All that is wrong with one document.

use std::fmt;

use crate::Diagnostic;
use crate::edit;
use crate::finding::Findings;
use crate::text::Lines;

/// What is wrong with a document, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    diagnostics: Vec<Diagnostic>,
    omitted: usize,
}

impl DocumentError {
    pub(crate) fn new(text: &str, findings: Findings) -> Self {
        let lines = Lines::of(text);
        let (findings, omitted) = findings.sorted();
        Self { diagnostics: findings.into_iter().map(|finding| finding.locate(&lines)).collect(), omitted }
    }

    /// The diagnostics; there is at least one, and there are at most a hundred.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many more mistakes were counted, but not described.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// `text` with every edit made. `None` if there is none, or `text` is not the one that was read.
    pub fn fixed(&self, text: &str) -> Option<String> {
        let edits = self.diagnostics.iter().filter_map(|diagnostic| diagnostic.edit.as_ref());
        let mut changes: Vec<_> =
            edits.map(|edit| (edit.span.bytes.clone(), edit.replacement.as_str())).collect();
        changes.sort_by_key(|(span, _)| (span.start, span.end));
        let mut end = 0;
        // Of two edits of the same text the first counts; reading the result says what is left.
        changes.retain(|(span, _)| {
            let keep = span.start >= end;
            end = if keep { span.end } else { end };
            keep
        });
        if changes.is_empty() { None } else { edit::splice(text, changes) }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.diagnostics.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        if self.omitted > 0 {
            write!(f, "\nand {} more", self.omitted)?;
        }
        Ok(())
    }
}

impl std::error::Error for DocumentError {}
