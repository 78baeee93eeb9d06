//! JSON with places: a tree whose nodes know where they stand, or the one mistake that a person should fix first.
//!
//! A parser for machines stops where it can go no further; that place is often lines behind the mistake. This one knows
//! the mistakes people make, and points at them.

mod mistakes;
mod string;

use std::ops::Range;

use crate::DiagnosticKind;
use crate::finding::Finding;

/// As many levels as `serde_json` reads.
const DEPTH: usize = 127;

pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Tree,
}

pub(crate) enum Tree {
    Object(Vec<Member>),
    Array(Vec<Node>),
    Text(String),
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) name_span: Range<usize>,
    pub(crate) node: Node,
}

impl Node {
    /// The member of this name, if this is an object that has it; the last one, as JSON parsers take it.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.name == name)
    }

    pub(crate) fn members(&self) -> &[Member] {
        match &self.value {
            Tree::Object(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }
}

pub(crate) fn scan(text: &str) -> Result<Node, Finding> {
    if text.starts_with('\u{feff}') {
        let message = "the file begins with a byte order mark";
        return Err(Finding::new(
            DiagnosticKind::ByteOrderMark,
            0..3,
            message,
            "save it as UTF-8 without a byte order mark",
        )
        .remove());
    }
    let mut scanner = Scanner { text, at: 0, open: Vec::new(), last_string: None, closed: Vec::new() };
    scanner.skip_space();
    if scanner.peek().is_none() {
        return Err(Finding::new(DiagnosticKind::Empty, 0..0, "there is nothing in it", "begin with `{`"));
    }
    let node = scanner.value()?;
    scanner.skip_space();
    match scanner.peek() {
        None => Ok(node),
        Some(c) => Err(scanner.after_the_end(c)),
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The brackets that are open, and where.
    open: Vec<(char, usize)>,
    /// The string that ended last, with its quotes.
    last_string: Option<Range<usize>>,
    /// The brackets that were closed: where each opens, and where it closes.
    closed: Vec<(usize, usize)>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether the next character may begin a value.
    fn value_begins(&self) -> bool {
        matches!(self.peek(), Some('"' | '{' | '[' | '-' | '0'..='9' | 't' | 'f' | 'n'))
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Takes `c` if it is next.
    fn take(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        if is_next {
            self.at += c.len_utf8();
        }
        is_next
    }

    fn value(&mut self) -> Result<Node, Finding> {
        let start = self.at;
        let value = match self.peek() {
            Some(bracket @ ('{' | '[')) => {
                if self.open.len() == DEPTH {
                    let message = "brackets stand within brackets here, more than 127 deep";
                    return Err(self.here(DiagnosticKind::TooDeep, message, "take out what is not needed"));
                }
                self.open.push((bracket, start));
                self.at += 1;
                let value =
                    if bracket == '{' { Tree::Object(self.members()?) } else { Tree::Array(self.items()?) };
                self.open.pop();
                self.closed.push((start, self.at - 1));
                value
            }
            Some('"') => Tree::Text(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('t' | 'f' | 'n') => self.word()?,
            next => {
                return Err(self.unexpected(
                    next,
                    "a value",
                    "write text in straight quotes, a number, true, false or null",
                ));
            }
        };
        Ok(Node { span: start..self.at, value })
    }

    fn members(&mut self) -> Result<Vec<Member>, Finding> {
        let mut members = Vec::new();
        self.skip_space();
        if self.take('}') {
            return Ok(members);
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.unexpected(
                    self.peek(),
                    "a member's name",
                    "write it in straight quotes: `\"name\"`",
                ));
            }
            let start = self.at;
            let name = self.string()?;
            let name_span = start..self.at;
            self.skip_space();
            if !self.take(':') {
                let finding = self.broken_string().unwrap_or_else(|| {
                    let help = "write `:` between a member's name and its value";
                    let finding = self.unexpected(self.peek(), "a `:`", help);
                    if self.value_begins() {
                        finding.edit(name_span.end..name_span.end, ":")
                    } else {
                        finding
                    }
                });
                return Err(finding);
            }
            self.skip_space();
            members.push(Member { name, name_span, node: self.value()? });
            if self.close_or_comma('}')? {
                return Ok(members);
            }
        }
    }

    fn items(&mut self) -> Result<Vec<Node>, Finding> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(']') {
            return Ok(items);
        }
        loop {
            items.push(self.value()?);
            if self.close_or_comma(']')? {
                return Ok(items);
            }
        }
    }

    /// After a member or item: `true` at the closing bracket, `false` after a comma that something follows.
    fn close_or_comma(&mut self, close: char) -> Result<bool, Finding> {
        let end_of_value = self.at;
        self.skip_space();
        if self.take(close) {
            return Ok(true);
        }
        let comma = self.at;
        if self.take(',') {
            self.skip_space();
            return match self.peek() {
                Some('}' | ']') => {
                    let message = "a comma stands before a closing bracket";
                    Err(Finding::new(
                        DiagnosticKind::TrailingComma,
                        comma..comma + 1,
                        message,
                        "take the comma out",
                    )
                    .remove())
                }
                _ => Ok(false),
            };
        }
        if let Some(finding) = self.broken_string() {
            return Err(finding);
        }
        if self.value_begins() {
            let message = "a comma is missing before what follows";
            return Err(Finding::new(
                DiagnosticKind::MissingComma,
                end_of_value..end_of_value,
                message,
                "write `,` here",
            )
            .replace(","));
        }
        Err(self.unexpected(
            self.peek(),
            &format!("a `,` or a `{close}`"),
            "write `,` between members, or close the bracket",
        ))
    }

    fn number(&mut self) -> Result<Tree, Finding> {
        let start = self.at;
        let rest = self.rest();
        let end =
            rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let number = rest.get(..end).unwrap_or_default();
        let well_formed = serde_json::from_str::<serde_json::Number>(number).is_ok();
        self.at += end;
        if well_formed {
            Ok(Tree::Number)
        } else {
            let message = "this is not a number as JSON writes it";
            Err(Finding::new(
                DiagnosticKind::Unexpected,
                start..self.at,
                message,
                "write it like `10` or `-0.5`, or as text in quotes",
            ))
        }
    }

    fn word(&mut self) -> Result<Tree, Finding> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if matches!(rest.get(..end), Some("true" | "false" | "null")) {
            self.at += end;
            Ok(Tree::Word)
        } else {
            Err(self.unexpected(self.peek(), "a value", "write text in straight quotes"))
        }
    }
}
