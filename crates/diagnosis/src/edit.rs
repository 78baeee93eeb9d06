//! Edits that do what they say. An edit is offered only if the text, with every edit made, is right but for what has no edit,
//! and says what the text before was taken to say.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use serde::de::IgnoredAny;

use crate::DiagnosticKind;
use crate::finding::{Change, Finding};
use crate::json::{self, Checked};

/// Takes the edits back if they do not fix what they should.
pub(crate) fn keep_honest(text: &str, checked: &mut Checked<'_>) {
    if checked.findings.omitted() > 0 {
        return;
    }
    drop_doubtful_brackets(checked);
    for finding in checked.findings.list_mut() {
        tidy(text, finding);
    }
    if is_right(text, checked) {
        join_insertions(checked.findings.list_mut());
        return;
    }
    for finding in checked.findings.list_mut() {
        finding.edit = None;
        finding.alternative = None;
    }
}

/// Leaves the lines as a person would: no line of blanks where a bracket or a comment was removed, no comma alone on one, and
/// the first bracket in front of the indentation.
fn tidy(text: &str, finding: &mut Finding) {
    let Some(edit) = &mut finding.edit else { return };
    let blanks: &[char] = &[' ', '\t'];
    let before = text.get(..edit.span.start).unwrap_or_default();
    let trimmed = before.trim_end_matches(blanks);
    let begins_line = trimmed.is_empty() || trimmed.ends_with('\n');
    let after = text.get(edit.span.end..).unwrap_or_default().trim_start_matches(blanks);
    let ends_line = after.is_empty() || after.starts_with(['\n', '\r']);
    let removes = edit.replacement.is_empty()
        && matches!(finding.kind, DiagnosticKind::ClosedTwice | DiagnosticKind::Comment);
    if removes && begins_line && (ends_line || after.starts_with(',')) {
        edit.span.start = before.trim_end().len();
    } else if removes && ends_line {
        edit.span.start = trimmed.len();
    } else if begins_line && edit.replacement == "{\n" {
        edit.span = trimmed.len()..trimmed.len();
    }
}

/// What is inserted at one place is one edit, of the first finding: made one by one, in any order, two would change places.
fn join_insertions(findings: &mut [Finding]) {
    let mut places: HashMap<usize, usize> = HashMap::new();
    for at in 0..findings.len() {
        let insertion = |finding: &Finding| finding.edit.clone().filter(|edit| edit.span.is_empty());
        let Some(edit) = findings.get(at).and_then(insertion) else { continue };
        match places.entry(edit.span.start) {
            Entry::Vacant(entry) => drop(entry.insert(at)),
            Entry::Occupied(first) => {
                if let Some(first) = findings.get_mut(*first.get()).and_then(|first| first.edit.as_mut()) {
                    first.replacement.push_str(&edit.replacement);
                }
                if let Some(finding) = findings.get_mut(at) {
                    finding.edit = None;
                }
            }
        }
    }
}

/// Brackets are guessed from what stands around them. If reading stops all the same, only the first guess is worth telling.
fn drop_doubtful_brackets(checked: &mut Checked<'_>) {
    let guessed = |kind| {
        matches!(
            kind,
            DiagnosticKind::NeverOpened | DiagnosticKind::NeverClosed | DiagnosticKind::ClosedTwice
        )
    };
    let brackets = checked.findings.list().iter().filter(|finding| guessed(finding.kind)).count();
    if checked.root.is_some() || checked.findings.list().len() <= 1 || brackets == 0 {
        return;
    }
    let mut first = true;
    checked.findings.retain(|finding| !guessed(finding.kind) || std::mem::take(&mut first));
    for finding in checked.findings.list_mut().iter_mut().filter(|finding| guessed(finding.kind)) {
        finding.edit = None;
    }
}

fn is_right(text: &str, checked: &Checked<'_>) -> bool {
    let findings = checked.findings.list();
    let Some(fixed) = apply(text, findings.iter().filter_map(|finding| finding.edit.as_ref())) else {
        return false;
    };
    let open: Vec<&Finding> = findings.iter().filter(|finding| finding.edit.is_none()).collect();
    if open.is_empty() {
        return match &checked.root {
            Some(root) => {
                serde_json::from_str::<IgnoredAny>(&fixed).is_ok()
                    && json::strict(&fixed).root.is_some_and(|after| root.says(&after))
            }
            None => serde_json::from_str::<IgnoredAny>(&fixed).is_ok(),
        };
    }
    // Only what a person must fill in may stay as it is.
    let blank = |kind| {
        matches!(kind, DiagnosticKind::Placeholder | DiagnosticKind::Template | DiagnosticKind::Omission)
    };
    if !open.iter().all(|finding| blank(finding.kind)) {
        return false;
    }
    let after = json::tolerant(&fixed);
    let left = after.findings.list();
    left.len() == open.len()
        && left
            .iter()
            .all(|finding| finding.edit.is_none() && open.iter().any(|open| open.kind == finding.kind))
}

/// The text with all changes made. `None` if two of them overlap.
pub(crate) fn apply<'c>(text: &str, changes: impl Iterator<Item = &'c Change>) -> Option<String> {
    let spans = changes.map(|change| (change.span.clone(), change.replacement.as_str()));
    splice(text, spans.collect())
}

/// The text with each replacement in place of what stands at its span. `None` if two spans overlap, or one is not in the
/// text.
pub(crate) fn splice(text: &str, mut changes: Vec<(Range<usize>, &str)>) -> Option<String> {
    changes.sort_by_key(|(span, _)| (span.start, span.end));
    let mut out = String::with_capacity(text.len() + changes.len());
    let mut at = 0;
    for (span, replacement) in changes {
        out.push_str(text.get(at..span.start)?);
        out.push_str(replacement);
        at = span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
