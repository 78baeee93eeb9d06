//! From words to a tree. Brackets are right by now; commas, colons and values may not be.

use super::token::{Bracket, Kind, Token};
use super::tree::{Member, Node, Tree};
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};

pub(crate) struct Parser<'a, 'b> {
    pub(super) text: &'a str,
    pub(super) tokens: std::iter::Peekable<std::vec::IntoIter<Token<'a>>>,
    pub(super) findings: &'b mut Findings,
    /// Where the last word ended.
    pub(super) end: usize,
    depth: usize,
}

/// Reading went on as far as it could; what follows cannot be told.
pub(crate) struct Stopped;

pub(super) type Result<T> = std::result::Result<T, Stopped>;

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

    pub(super) fn peek(&mut self) -> Option<&Kind<'a>> {
        self.tokens.peek().map(|token| &token.kind)
    }

    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.next()?;
        self.end = token.span.end;
        Some(token)
    }

    pub(super) fn add(
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
    pub(super) fn here(&mut self, kind: DiagnosticKind, message: &str, help: &str) {
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
}
