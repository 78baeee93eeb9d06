//! From the place where reading stopped to the mistake that made it stop.

use super::Scanner;
use crate::DiagnosticKind;
use crate::finding::Finding;
use crate::typography::{plain, typographic};

impl Scanner<'_> {
    /// Whether what follows shows that the string before ended too early, or too late. `self.at` is at what follows.
    pub(super) fn broken_string(&self) -> Option<Finding> {
        let string = self.last_string.clone()?;
        let between = self.text.get(string.end..self.at)?;
        if !between.chars().all(|c| c == ' ' || c == '\t') {
            return None;
        }
        let next = self.peek()?;
        // `"instagram"",`: one quote too many.
        let after = self.rest().strip_prefix('"').filter(|_| between.is_empty());
        if after.is_some_and(|after| {
            after.trim_start_matches([' ', '\t']).starts_with([',', ':', '}', ']', '\n', '\r'])
        }) {
            return Some(
                self.here(DiagnosticKind::UnescapedQuote, "a second `\"` stands here", "take it out")
                    .remove(),
            );
        }
        // `"name”: "x"`: the string ran on from the curly quote to the next straight one.
        if !matches!(next, '"' | ',' | ':' | '}' | ']')
            && let Some(finding) = self.curly_quote(string.start + 1, string.end - 1)
        {
            return Some(finding);
        }
        // After a blank, a number or one of JSON's words is rather the next value.
        let value = ["true", "false", "null"].iter().any(|word| self.rest().starts_with(word));
        let follows = next.is_alphabetic() && !value
            || next.is_ascii_digit() && between.is_empty()
            || matches!(next, '.' | '!' | '?' | '\'' | '(' | ')' | '_' | '&' | '\\');
        follows.then(|| {
            let quote = string.end - 1..string.end;
            let message = "this `\"` ends the string, and more text follows";
            Finding::new(
                DiagnosticKind::UnescapedQuote,
                quote,
                message,
                "write `\\\"` for a quote inside a string",
            )
            .replace("\\\"")
        })
    }

    /// The first curly quote between two places.
    pub(super) fn curly_quote(&self, from: usize, to: usize) -> Option<Finding> {
        let inside = self.text.get(from..to)?;
        let quotes = inside.char_indices().filter_map(|(at, c)| Some((at, c, plain(c)?)));
        let (at, c, plain) = quotes.into_iter().find(|(_, _, plain)| *plain == '"')?;
        Some(typographic(from + at, c, plain))
    }

    pub(super) fn here(
        &self,
        kind: DiagnosticKind,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        let length = self.peek().map_or(0, char::len_utf8);
        Finding::new(kind, self.at..self.at + length, message, help)
    }

    /// Something else stands where `wanted` should. `next` is what is there.
    pub(super) fn unexpected(&self, next: Option<char>, wanted: &str, help: &str) -> Finding {
        match next {
            None => self.closed_too_far_out().unwrap_or_else(|| self.never_closed()),
            // Only a member of an object has one: the array before it should have ended.
            Some(':') if self.open.last().is_some_and(|(bracket, _)| *bracket == '[') => self.never_closed(),
            Some(c @ ('}' | ']')) => self.wrong_bracket(c),
            Some('/' | '#') => {
                let finding =
                    self.here(DiagnosticKind::Comment, "JSON has no comments", "take the comment out");
                match self.comment() {
                    Some(length) => finding.edit(self.at..self.at + length, ""),
                    None => finding,
                }
            }
            Some('\'') => self.here(
                DiagnosticKind::Unexpected,
                "JSON quotes text with `\"`, not with `'`",
                "write straight double quotes",
            ),
            Some(c) => match plain(c) {
                Some(plain) => typographic(self.at, c, plain),
                None => self.here(DiagnosticKind::Unexpected, format!("{wanted} should stand here"), help),
            },
        }
    }

    /// At the end of the text: the first bracket whose closing one is indented otherwise. People forget a bracket further
    /// in, and each one behind it then closes the wrong one.
    fn closed_too_far_out(&self) -> Option<Finding> {
        let indent = |at: usize| {
            let before = self.text.get(..at)?;
            let line = self.text.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
            Some(line.len() - line.trim_start_matches([' ', '\t']).len())
        };
        let mut closed = self.closed.clone();
        closed.sort_unstable();
        let (open, _) = closed.into_iter().find(|(open, close)| {
            let spans_lines = self.text.get(*open..*close).is_some_and(|inside| inside.contains('\n'));
            spans_lines && indent(*open) != indent(*close)
        })?;
        let bracket = self.text.get(open..)?.chars().next()?;
        Some(Self::unclosed(bracket, open))
    }

    fn never_closed(&self) -> Finding {
        let (bracket, at) = self.open.last().copied().unwrap_or(('{', 0));
        Self::unclosed(bracket, at)
    }

    fn unclosed(bracket: char, at: usize) -> Finding {
        let message = format!("this `{bracket}` is never closed");
        let help = format!("write `{}` where it ends", closing(bracket));
        Finding::new(DiagnosticKind::NeverClosed, at..at + 1, message, help)
    }

    /// A closing bracket that is not the innermost one's. If it closes one further out, the innermost was forgotten.
    fn wrong_bracket(&self, found: char) -> Finding {
        if self.open.iter().any(|(bracket, _)| closing(*bracket) == found) {
            let fits = self.open.last().is_some_and(|(bracket, _)| closing(*bracket) == found);
            if !fits {
                return self.never_closed();
            }
            let message = "a value is missing before this bracket";
            return self.here(DiagnosticKind::Unexpected, message, "write the value");
        }
        let finding =
            self.here(DiagnosticKind::ClosedTwice, format!("this `{found}` closes nothing"), "take it out");
        // Inside an open bracket of the other kind it may be a mistyped one.
        if self.open.is_empty() { finding.remove() } else { finding }
    }

    /// The length of the comment that begins here, without the end of its line.
    fn comment(&self) -> Option<usize> {
        let rest = self.rest();
        if rest.starts_with("/*") {
            return rest.find("*/").map(|end| end + 2);
        }
        let line = rest.lines().next()?;
        (line.starts_with("//") || line.starts_with('#')).then_some(line.len())
    }

    /// Something follows the whole document.
    pub(super) fn after_the_end(&self, next: char) -> Finding {
        let last_close = self.closed.last().map(|(_, close)| *close);
        match (next, last_close) {
            (',', _) if self.rest().trim() == "," => {
                let message = "a comma stands after the document";
                self.here(DiagnosticKind::TrailingComma, message, "take the comma out").remove()
            }
            ('{' | '[', _) => self.here(
                DiagnosticKind::TwoDocuments,
                "a second document begins here",
                "put each document in a file of its own",
            ),
            // What follows belongs inside, so the bracket before it closed too much.
            (',', Some(close)) => {
                let message = "this bracket closes the document, and more of it follows";
                let help = "take the bracket out, or put it at the end";
                let finding = Finding::new(DiagnosticKind::ClosedTwice, close..close + 1, message, help);
                let closed_again =
                    self.text.get(close..=close).is_some_and(|c| self.text.trim_end().ends_with(c));
                if closed_again { finding.remove() } else { finding }
            }
            _ => self.broken_string().unwrap_or_else(|| {
                self.unexpected(Some(next), "the end of the document", "take out what follows the document")
            }),
        }
    }
}

fn closing(bracket: char) -> char {
    if bracket == '{' { '}' } else { ']' }
}
