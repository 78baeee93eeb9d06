//! What stands between the words and is none: placeholders, templates, dots, comments.

use super::lexer::Lexer;
use super::token::Kind;
use crate::DiagnosticKind;
use crate::finding::Finding;

impl Lexer<'_> {
    /// A placeholder, a template's directive or something left out, without quotes. `true` if it was one.
    pub(super) fn blank(&mut self) -> bool {
        let (start, line) = (self.at, self.line);
        let directive = self.rest().starts_with("{%");
        let before_ends_word = self.tokens.last().is_none_or(|token| token.span.end != start);
        let head = self.rest();
        let Some(length) = your_moms_core::text::leading_placeholder(head) else {
            return self.omission();
        };
        if self.rest().starts_with('.') || self.rest().starts_with('\u{2026}') {
            return self.omission();
        }
        if directive && !before_ends_word {
            return false;
        }
        self.at += length;
        self.findings.add(|| {
            let span = start..start + length;
            if directive {
                let message = "`{% … %}` is a directive of a template language, not JSON";
                return Finding::new(
                    DiagnosticKind::Template,
                    span,
                    message,
                    "remove it, or run the template first",
                );
            }
            if head.starts_with("{{") {
                let message = "`{{…}}` is a template's variable; it has not been filled in";
                return Finding::new(
                    DiagnosticKind::Template,
                    span,
                    message,
                    "put your own value in its place, text in straight quotes",
                );
            }
            let message = "this is a placeholder";
            Finding::new(
                DiagnosticKind::Placeholder,
                span,
                message,
                "put your own value in its place, text in straight quotes",
            )
        });
        if !directive {
            self.push(Kind::Word, start, line);
        }
        true
    }

    /// `…` or `...` where something was left out.
    pub(super) fn omission(&mut self) -> bool {
        let dots: &[char] = &['.', '\u{2026}'];
        let rest = self.rest();
        if !(rest.starts_with("...") || rest.starts_with('\u{2026}')) {
            return false;
        }
        let start = self.at;
        self.at += rest.len() - rest.trim_start_matches(dots).len();
        let span = start..self.at;
        let (line, is_value) = (self.line, self.after_colon());
        // The comma before what was left out is right as long as it is.
        let is_last = self.rest().trim_start().starts_with(['}', ']']);
        let after_comma = is_last && self.tokens.pop_if(|token| token.kind == Kind::Comma).is_some();
        self.findings.add(|| {
            let message = "dots stand here for something that was left out";
            let help = if after_comma {
                "write out what was left out, or remove the dots and the comma before them"
            } else {
                "write out what was left out, or remove the dots"
            };
            Finding::new(DiagnosticKind::Omission, span, message, help)
        });
        if is_value {
            self.push(Kind::Word, start, line);
        }
        true
    }

    /// Skips the comment that begins here, if one does.
    pub(super) fn comment(&mut self) -> bool {
        let rest = self.rest();
        let start = self.at;
        let (length, ended) = if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), rest.contains("*/"))
        } else if rest.starts_with("//") || rest.starts_with('#') {
            (rest.find(['\n', '\r']).unwrap_or(rest.len()), true)
        } else {
            return false;
        };
        self.line += rest.get(..length).unwrap_or_default().bytes().filter(|byte| *byte == b'\n').count();
        self.at += length;
        self.stopped |= !ended;
        self.findings.add(|| {
            let finding = Finding::new(
                DiagnosticKind::Comment,
                start..start + 1,
                "JSON has no comments",
                "remove the comment",
            );
            if ended { finding.edit(start..start + length, "") } else { finding }
        });
        true
    }
}
