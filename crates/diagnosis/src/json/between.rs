//! What stands between values: names, colons, commas and closing brackets.

use super::parser::{Parser, Result, Stopped};
use super::token::{Bracket, Kind};
use crate::DiagnosticKind;
use crate::finding::Finding;

impl<'a> Parser<'a, '_> {
    pub(super) fn name(&mut self) -> Result<(std::borrow::Cow<'a, str>, std::ops::Range<usize>)> {
        let bare = match self.peek() {
            Some(Kind::Text(_)) => false,
            Some(Kind::Bare | Kind::Number | Kind::Word) => true,
            _ => {
                let help = "write it in straight quotes: `\"name\"`";
                self.here(DiagnosticKind::Unexpected, "a member's name is expected here", help);
                return Err(Stopped);
            }
        };
        let Some(token) = self.next() else { return Err(Stopped) };
        let name = self.text.get(token.span.clone()).unwrap_or_default();
        if !bare {
            let Kind::Text(text) = token.kind else { return Err(Stopped) };
            return Ok((text, token.span));
        }
        let is_name = self.peek() == Some(&Kind::Colon);
        self.findings.add(|| {
            let finding = Finding::new(
                DiagnosticKind::Unexpected,
                token.span.clone(),
                "this name has no quotes",
                "write it in straight quotes: `\"name\"`",
            );
            if is_name && name.len() < 80 { finding.replace(format!("\"{name}\"")) } else { finding }
        });
        if is_name { Ok((name.into(), token.span)) } else { Err(Stopped) }
    }

    pub(super) fn colon(&mut self, name: &std::ops::Range<usize>) -> Result<()> {
        if self.tokens.next_if(|token| token.kind == Kind::Colon).is_some() {
            while let Some(colon) = self.tokens.next_if(|token| token.kind == Kind::Colon) {
                self.add(
                    DiagnosticKind::Unexpected,
                    colon.span,
                    "a second `:` stands here",
                    "remove it",
                    Some(""),
                );
            }
            return Ok(());
        }
        let help = "write `:` between a member's name and its value";
        match self.peek() {
            Some(kind) if kind.begins_value() => {
                let length = self.text.len();
                let span =
                    self.tokens.peek().map_or(length..length, |token| token.span.start..token.span.start + 1);
                let span = if self.text.is_char_boundary(span.end) { span } else { span.start..span.start };
                self.findings.add(|| {
                    Finding::new(DiagnosticKind::Unexpected, span, "a `:` is expected here", help)
                        .edit(name.end..name.end, ":")
                });
                Ok(())
            }
            Some(Kind::Other('=')) => {
                let span = self.next().map_or(name.end..name.end, |token| token.span);
                self.add(
                    DiagnosticKind::Unexpected,
                    span,
                    "a `:` is expected here, not `=`",
                    help,
                    Some(":"),
                );
                Ok(())
            }
            // The comma belongs before the name.
            Some(Kind::Comma) => {
                let comma = self.next().map_or(name.end..name.end, |token| token.span);
                if self.tokens.next_if(|token| token.kind == Kind::Colon).is_some() {
                    let message = "a comma stands between a name and its `:`";
                    self.add(DiagnosticKind::Unexpected, comma, message, "remove the comma", Some(""));
                    return Ok(());
                }
                let message = "a `:` and a value are missing before this comma";
                self.add(DiagnosticKind::Unexpected, comma, message, help, None);
                Err(Stopped)
            }
            // Only a name: its value is absent too.
            Some(Kind::Close(_)) => {
                self.here(DiagnosticKind::Unexpected, "a `:` and a value are missing before this", help);
                Err(Stopped)
            }
            _ => {
                self.here(DiagnosticKind::Unexpected, "a `:` is expected here", help);
                Err(Stopped)
            }
        }
    }

    /// After a member or item: `true` at the closing bracket, `false` where another member or item follows.
    pub(super) fn separator(&mut self, bracket: Bracket) -> Result<bool> {
        let end = self.end;
        if self.closes(bracket) {
            return Ok(true);
        }
        if let Some(comma) = self.tokens.next_if(|token| token.kind == Kind::Comma) {
            self.end = comma.span.end;
            if self.closes(bracket) {
                let message = "a comma stands before a closing bracket";
                self.add(DiagnosticKind::TrailingComma, comma.span, message, "remove the comma", Some(""));
                return Ok(true);
            }
            return Ok(false);
        }
        match self.peek() {
            Some(Kind::Other(';')) => {
                let span = self.next().map_or(end..end, |token| token.span);
                self.add(
                    DiagnosticKind::Unexpected,
                    span,
                    "a `,` is expected here, not `;`",
                    "write `,`",
                    Some(","),
                );
                Ok(self.closes(bracket))
            }
            Some(kind) if kind.begins_value() || *kind == Kind::Bare && bracket == Bracket::Curly => {
                let message = "a comma is missing before what follows";
                self.add(DiagnosticKind::MissingComma, end..end, message, "write `,` here", Some(","));
                Ok(false)
            }
            _ => {
                let close = bracket.close();
                self.here(
                    DiagnosticKind::Unexpected,
                    &format!("a `,` or a `{close}` is expected here"),
                    "write `,` between members, or close the bracket",
                );
                Err(Stopped)
            }
        }
    }

    /// Commas where a member or an item should begin.
    pub(super) fn commas(&mut self) {
        while let Some(comma) = self.tokens.next_if(|token| token.kind == Kind::Comma) {
            self.end = comma.span.end;
            self.add(
                DiagnosticKind::DoubleComma,
                comma.span,
                "nothing stands before this comma",
                "remove it",
                Some(""),
            );
        }
    }

    pub(super) fn closes(&mut self, bracket: Bracket) -> bool {
        let close = self.tokens.next_if(|token| token.kind == Kind::Close(bracket));
        self.end = close.as_ref().map_or(self.end, |close| close.span.end);
        close.is_some()
    }
}
