//! A mistake as the code that notices it reports it: in bytes, before lines and columns are counted.

use std::ops::Range;

use crate::position::Lines;
use crate::{Diagnostic, DiagnosticKind, Edit};

pub(crate) struct Finding {
    pub(crate) kind: DiagnosticKind,
    pub(crate) span: Range<usize>,
    message: String,
    help: String,
    edit: Option<(Range<usize>, String)>,
}

impl Finding {
    pub(crate) fn new(
        kind: DiagnosticKind,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { kind, span, message: message.into(), help: help.into(), edit: None }
    }

    /// `replacement` in place of the text that the finding marks.
    pub(crate) fn replace(self, replacement: impl Into<String>) -> Self {
        let span = self.span.clone();
        self.edit(span, replacement)
    }

    /// Takes out the text that the finding marks.
    pub(crate) fn remove(self) -> Self {
        self.replace("")
    }

    /// `replacement` in place of the text at `span`. It quotes no value of the document, which may be a secret.
    pub(crate) fn edit(mut self, span: Range<usize>, replacement: impl Into<String>) -> Self {
        self.edit = Some((span, replacement.into()));
        self
    }

    pub(crate) fn locate(self, lines: &Lines<'_>) -> Diagnostic {
        let edit = self.edit.map(|(span, replacement)| Edit { span: lines.span(span), replacement });
        Diagnostic {
            kind: self.kind,
            span: lines.span(self.span),
            message: self.message,
            help: Some(self.help),
            edit,
        }
    }
}
