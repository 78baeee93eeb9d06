//! What a text says as JSON, and the mistakes in its syntax, with edits that are known to fix them.

use serde::de::IgnoredAny;

use crate::DiagnosticKind;
use crate::edit;
use crate::finding::Finding;
use crate::json::{self, Checked};

/// Reads a text. If it parses there are no findings.
pub(crate) fn check(text: &str) -> Checked<'_> {
    let error = serde_json::from_str::<IgnoredAny>(text).err();
    if error.is_none() {
        let checked = json::strict(text);
        if checked.root.is_some() {
            return checked;
        }
    }
    let mut checked = json::tolerant(text);
    if checked.findings.is_empty() {
        let at = error.map_or(0, |error| offset(text, error.line(), error.column()));
        let help = "write it as in the platform's samples";
        checked
            .findings
            .add(|| Finding::new(DiagnosticKind::Unexpected, at..at, "this cannot be read as JSON", help));
    }
    edit::keep_honest(text, &mut checked);
    checked
}

/// The byte that a parser means by a line and a column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
