//! From words to a tree. Brackets are right by now; commas, colons and values may not be.

use super::token::{Bracket, Kind, Token};
use super::tree::{Member, Node, Tree};
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};

pub(crate) struct Parser<'a, 'b> {
    text: &'a str,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token<'a>>>,
    findings: &'b mut Findings,
    /// Where the last word ended.
    end: usize,
    depth: usize,
}

/// Reading went on as far as it could; what follows cannot be told.
pub(crate) struct Stopped;

type Result<T> = std::result::Result<T, Stopped>;

impl<'a, 'b> Parser<'a, 'b> {
    pub(crate) fn new(text: &'a str, tokens: Vec<Token<'a>>, findings: &'b mut Findings) -> Self {
        Self { text, tokens: tokens.into_iter().peekable(), findings, end: 0, depth: 0 }
    }

    pub(crate) fn document(&mut self) -> Result<Node<'a>> {
        let root = self.value("the document")?;
        let end = self.end;
        match self.peek() {
            None => {}
            Some(Kind::Comma) => {
                let comma = self.next().map_or(end..end, |token| token.span);
                if self.peek().is_none() {
                    self.add(
                        DiagnosticKind::TrailingComma,
                        comma,
                        "a comma stands after the document",
                        "remove the comma",
                        Some(""),
                    );
                } else {
                    self.here(
                        DiagnosticKind::Unexpected,
                        "the document ended before this",
                        "put it inside the brackets, or remove it",
                    );
                    return Err(Stopped);
                }
            }
            Some(Kind::Other(';')) => {
                let semicolon = self.next().map_or(end..end, |token| token.span);
                self.add(DiagnosticKind::Unexpected, semicolon, "JSON has no `;`", "remove it", Some(""));
            }
            Some(Kind::Open(_)) => {
                self.here(
                    DiagnosticKind::TwoDocuments,
                    "a second document begins here",
                    "put each document in a file of its own",
                );
            }
            Some(_) => {
                self.here(
                    DiagnosticKind::Unexpected,
                    "the document ended before this",
                    "remove what follows the document",
                );
            }
        }
        Ok(root)
    }

    fn peek(&mut self) -> Option<&Kind<'a>> {
        self.tokens.peek().map(|token| &token.kind)
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.next()?;
        self.end = token.span.end;
        Some(token)
    }

    fn add(
        &mut self,
        kind: DiagnosticKind,
        span: std::ops::Range<usize>,
        message: &str,
        help: &str,
        edit: Option<&str>,
    ) {
        self.findings.add(|| {
            let finding = Finding::new(kind, span, message, help);
            match edit {
                Some(edit) => finding.replace(edit),
                None => finding,
            }
        });
    }

    /// A finding at the next word.
    fn here(&mut self, kind: DiagnosticKind, message: &str, help: &str) {
        let length = self.text.len();
        let span = self.tokens.peek().map_or(length..length, |token| token.span.clone());
        let width =
            self.text.get(span.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let end = if matches!(self.peek(), Some(Kind::Bare)) { span.end } else { span.start + width };
        self.add(kind, span.start..end, message, help, None);
    }

    /// A value; `of` names what should have one.
    fn value(&mut self, of: &str) -> Result<Node<'a>> {
        let follows_value = matches!(self.peek(), Some(Kind::Bare | Kind::Other(_)));
        let Some(token) = self.tokens.next_if(|token| token.kind.begins_value()) else {
            match self.peek() {
                Some(Kind::Comma | Kind::Close(_)) => {
                    let comma = self.peek() == Some(&Kind::Comma);
                    let message = if comma {
                        "a value is missing before this comma"
                    } else {
                        "a value is missing before this bracket"
                    };
                    self.here(DiagnosticKind::Unexpected, message, "write the value");
                }
                Some(Kind::Bare) => {
                    self.here(
                        DiagnosticKind::Unexpected,
                        "this text has no quotes",
                        "write it in straight quotes: `\"text\"`",
                    );
                }
                _ => {
                    let help = "write text in straight quotes, a number, true, false or null";
                    self.here(DiagnosticKind::Unexpected, "a value is expected here", help);
                }
            }
            return if follows_value { self.skip_bare(of) } else { self.absent() };
        };
        self.end = token.span.end;
        let start = token.span.start;
        let value = match token.kind {
            Kind::Open(bracket) => {
                self.depth += 1;
                let value = if bracket == Bracket::Curly {
                    Tree::Object(self.members()?)
                } else {
                    Tree::Array(self.items()?)
                };
                self.depth -= 1;
                value
            }
            Kind::Text(text) => Tree::Text(text),
            Kind::Number => Tree::Number(self.text.get(token.span).unwrap_or_default()),
            _ => Tree::Word(self.text.get(token.span).unwrap_or_default()),
        };
        Ok(Node { span: start..self.end, value })
    }

    /// A value is absent, and the place where it should be is clear.
    fn absent(&mut self) -> Result<Node<'a>> {
        let depth = self.depth;
        match self.peek() {
            Some(Kind::Comma | Kind::Close(_)) if depth > 0 => {
                Ok(Node { span: self.end..self.end, value: Tree::Word("") })
            }
            _ => Err(Stopped),
        }
    }

    /// Goes on behind text without quotes.
    fn skip_bare(&mut self, _of: &str) -> Result<Node<'a>> {
        let start = self.end;
        while self
            .tokens
            .next_if(|token| matches!(token.kind, Kind::Bare | Kind::Other(_) | Kind::Number | Kind::Word))
            .is_some()
        {}
        let depth = self.depth;
        match self.peek() {
            Some(Kind::Comma | Kind::Close(_)) if depth > 0 => {
                Ok(Node { span: start..start, value: Tree::Word("") })
            }
            _ => Err(Stopped),
        }
    }

    fn members(&mut self) -> Result<Vec<Member<'a>>> {
        let mut members = Vec::new();
        if self.closes(Bracket::Curly) {
            return Ok(members);
        }
        loop {
            self.commas();
            if self.closes(Bracket::Curly) {
                return Ok(members);
            }
            let (name, name_span) = self.name()?;
            self.colon(&name_span)?;
            members.push(Member { name, name_span, node: self.value("the member")? });
            if self.separator(Bracket::Curly)? {
                return Ok(members);
            }
        }
    }

    fn items(&mut self) -> Result<Vec<Node<'a>>> {
        let mut items = Vec::new();
        if self.closes(Bracket::Square) {
            return Ok(items);
        }
        loop {
            self.commas();
            if self.closes(Bracket::Square) {
                return Ok(items);
            }
            items.push(self.value("the item")?);
            if self.separator(Bracket::Square)? {
                return Ok(items);
            }
        }
    }

    /// Commas where a member or an item should begin.
    fn commas(&mut self) {
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

    fn closes(&mut self, bracket: Bracket) -> bool {
        let close = self.tokens.next_if(|token| token.kind == Kind::Close(bracket));
        self.end = close.as_ref().map_or(self.end, |close| close.span.end);
        close.is_some()
    }

    fn name(&mut self) -> Result<(std::borrow::Cow<'a, str>, std::ops::Range<usize>)> {
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

    fn colon(&mut self, name: &std::ops::Range<usize>) -> Result<()> {
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
    fn separator(&mut self, bracket: Bracket) -> Result<bool> {
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
}
