//! Text without quotes: numbers, words, and what should have had quotes.

use std::borrow::Cow;

use super::lexer::Lexer;
use super::token::Kind;
use crate::DiagnosticKind;
use crate::finding::Finding;
use crate::text::typography::{plain, typographic};

impl<'a> Lexer<'a> {
    /// Text without quotes: a number, a word of JSON, or something that should have had quotes.
    pub(super) fn bare(&mut self, first: char) -> Kind<'a> {
        if !self.strict
            && let Some(text) = self.quote_forgotten()
        {
            return text;
        }
        let start = self.at;
        if plain(first) == Some('-') {
            self.at += first.len_utf8();
            self.findings.add(|| typographic(start, first, '-', "JSON"));
        }
        let rest = self.rest();
        let part = |c: char| {
            c.is_alphanumeric() || matches!(c, '_' | '$' | '+' | '-' | '.' | '@' | '/' | '%' | '=' | '\\')
        };
        let first_is_part = first.is_alphanumeric() || matches!(first, '_' | '$' | '+' | '-' | '.' | '@');
        if !first_is_part && self.at == start {
            self.at += first.len_utf8();
            return Kind::Other(first);
        }
        let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
        self.at += length;
        let word = rest.get(..length).unwrap_or_default();
        if self.at > start + length {
            return Kind::Number;
        }
        match word {
            "true" | "false" | "null" => Kind::Word,
            "True" | "False" | "None" | "TRUE" | "FALSE" | "NULL" | "Null" | "nil" | "undefined" => {
                let right = match word.to_ascii_lowercase().as_str() {
                    "true" => "true",
                    "false" => "false",
                    _ => "null",
                };
                self.findings.add(|| {
                    let message = format!("JSON writes `{right}`, not `{word}`");
                    let finding = Finding::new(
                        DiagnosticKind::Unexpected,
                        start..start + length,
                        message,
                        format!("write `{right}`"),
                    );
                    finding.replace(right)
                });
                Kind::Word
            }
            _ if first.is_ascii_digit() || matches!(first, '-' | '+' | '.') => self.number(start, word),
            _ if !your_moms_core::text::placeholders(word).is_empty() => {
                self.findings.add(|| {
                    let help = "put your own value in its place, text in straight quotes";
                    Finding::new(
                        DiagnosticKind::Placeholder,
                        start..start + length,
                        "this is a placeholder",
                        help,
                    )
                });
                Kind::Word
            }
            _ => Kind::Bare,
        }
    }

    pub(super) fn number(&mut self, start: usize, word: &str) -> Kind<'a> {
        if serde_json::from_str::<serde_json::Number>(word).is_ok() {
            return Kind::Number;
        }
        let span = start..start + word.len();
        let digits = word.trim_start_matches(['0', '+']);
        let simple = digits.starts_with(|c: char| c.is_ascii_digit())
            && serde_json::from_str::<serde_json::Number>(digits).is_ok();
        let plus = word.starts_with('+') && simple;
        self.findings.add(|| {
            let help = "write it like `10` or `-0.5`, or as text in straight quotes";
            let finding = Finding::new(
                DiagnosticKind::Unexpected,
                span,
                "this is not a number as JSON writes it",
                help,
            );
            if plus { finding.edit(start..start + 1, "") } else { finding }
        });
        Kind::Number
    }

    /// Text up to a `"` on the same line: the quote before it was forgotten.
    pub(super) fn quote_forgotten(&mut self) -> Option<Kind<'a>> {
        if self.mark <= self.at {
            let ends = |c: char| matches!(c, '"' | '{' | '}' | '[' | ']' | ',' | '\n');
            self.mark = self.rest().find(ends).map_or(self.text.len(), |next| self.at + next);
        }
        if self.tried == Some(self.mark) {
            return None;
        }
        self.tried = Some(self.mark);
        let (start, end) = (self.at, self.mark);
        let inside = self.slice(start..end);
        let is_text = self.byte(end) == Some(b'"') && self.closes(end + 1, true);
        let is_name = !self.after_colon() && !self.in_array();
        if !is_text || is_name && inside.contains(':') || inside.starts_with(['=', ';', ')', '(']) {
            return None;
        }
        self.at = end + 1;
        self.findings.add(|| {
            let message = "this text has no opening quote";
            Finding::new(
                DiagnosticKind::MissingQuote,
                start..start + inside.len(),
                message,
                "write `\"` before it",
            )
            .edit(start..start, "\"")
        });
        Some(Kind::Text(Cow::Borrowed(inside)))
    }
}
