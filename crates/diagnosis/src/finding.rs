//! A mistake as the code that notices it reports it: in bytes, before lines and columns are counted.

use std::ops::Range;

use crate::text::Lines;
use crate::{Diagnostic, DiagnosticKind, Edit};

/// So many are described; the rest is counted.
pub(crate) const MOST: usize = 100;

#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: DiagnosticKind,
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) edit: Option<Change>,
    pub(crate) alternative: Option<Change>,
}

/// `replacement` in place of the text at `span`. It quotes no value of the document, which may be a secret.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) span: Range<usize>,
    pub(crate) replacement: String,
}

impl Finding {
    pub(crate) fn new(
        kind: DiagnosticKind,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { kind, span, message: message.into(), help: help.into(), edit: None, alternative: None }
    }

    /// `replacement` in place of the text that the finding marks.
    pub(crate) fn replace(self, replacement: impl Into<String>) -> Self {
        let span = self.span.clone();
        self.edit(span, replacement)
    }

    /// Removes the text that the finding marks.
    pub(crate) fn remove(self) -> Self {
        self.replace("")
    }

    pub(crate) fn edit(mut self, span: Range<usize>, replacement: impl Into<String>) -> Self {
        self.edit = Some(Change { span, replacement: replacement.into() });
        self
    }

    /// Another change that fixes it, in place of the first.
    pub(crate) fn or(mut self, span: Range<usize>, replacement: impl Into<String>) -> Self {
        self.alternative = Some(Change { span, replacement: replacement.into() });
        self
    }

    pub(crate) fn locate(self, lines: &Lines<'_>) -> Diagnostic {
        let edit = |change: Change| Edit { span: lines.span(change.span), replacement: change.replacement };
        Diagnostic {
            kind: self.kind,
            span: lines.span(self.span),
            message: self.message,
            help: Some(self.help),
            edit: self.edit.map(edit),
            alternative: self.alternative.map(edit),
        }
    }
}

/// The first hundred findings, and how many there are.
#[derive(Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    total: usize,
}

impl Findings {
    /// Counts a finding, and has it described if it is among the first.
    pub(crate) fn add(&mut self, finding: impl FnOnce() -> Finding) {
        self.total += 1;
        if self.list.len() < MOST {
            self.list.push(finding());
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(crate) fn list(&self) -> &[Finding] {
        &self.list
    }

    pub(crate) fn list_mut(&mut self) -> &mut Vec<Finding> {
        &mut self.list
    }

    /// Forgets those that `keep` refuses.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        let before = self.list.len();
        self.list.retain(keep);
        self.total -= before - self.list.len();
    }

    /// How many have no description.
    pub(crate) fn omitted(&self) -> usize {
        self.total.saturating_sub(self.list.len())
    }

    /// Adds those of another part of the same text, each placed by `place`.
    pub(crate) fn append(&mut self, other: Self, place: impl Fn(Finding) -> Finding) {
        self.total += other.omitted();
        for finding in other.list {
            self.add(|| place(finding));
        }
    }

    /// In the order of the text.
    pub(crate) fn sorted(mut self) -> (Vec<Finding>, usize) {
        self.list.sort_by_key(|finding| finding.span.start);
        let omitted = self.omitted();
        (self.list, omitted)
    }
}
