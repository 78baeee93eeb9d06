//! JSON with places: a tree whose nodes know where they stand, or the one fault that a person should mend first.
//!
//! A parser for machines stops where it can go no further; that place is often lines behind the mistake. This one knows
//! the mistakes people make, and points at them.

mod mistakes;
mod string;

use std::ops::Range;

use super::{FaultKind, Found};

/// As many levels as `serde_json` reads.
const DEPTH: usize = 127;

pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

pub(super) enum Value {
    Object(Vec<Member>),
    Array(Vec<Node>),
    Text(String),
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
}

pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) node: Node,
}

impl Node {
    /// The member of this name, if this is an object that has it; the last one, as JSON parsers take it.
    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.name == name)
    }

    pub(super) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

pub(super) fn scan(text: &str) -> Result<Node, Found> {
    if text.starts_with('\u{feff}') {
        let what = "the file begins with a byte order mark";
        return Err(Found::new(
            FaultKind::ByteOrderMark,
            0..3,
            what,
            "save it as UTF-8 without a byte order mark",
        ));
    }
    let mut scanner = Scanner { text, at: 0, open: Vec::new(), last_string: None, closed: Vec::new() };
    scanner.skip_space();
    if scanner.peek().is_none() {
        return Err(Found::new(FaultKind::Empty, 0..0, "there is nothing in it", "begin with `{`"));
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

    fn value(&mut self) -> Result<Node, Found> {
        let start = self.at;
        let value = match self.peek() {
            Some(bracket @ ('{' | '[')) => {
                if self.open.len() == DEPTH {
                    let what = "brackets stand within brackets here, more than 127 deep";
                    return Err(self.here(FaultKind::TooDeep, what, "take out what is not needed"));
                }
                self.open.push((bracket, start));
                self.at += 1;
                let value =
                    if bracket == '{' { Value::Object(self.members()?) } else { Value::Array(self.items()?) };
                self.open.pop();
                self.closed.push((start, self.at - 1));
                value
            }
            Some('"') => Value::Text(self.string()?),
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

    fn members(&mut self) -> Result<Vec<Member>, Found> {
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
                let fault = self.broken_string().unwrap_or_else(|| {
                    self.unexpected(self.peek(), "a `:`", "write `:` between a member's name and its value")
                });
                return Err(fault);
            }
            self.skip_space();
            members.push(Member { name, name_span, node: self.value()? });
            if self.close_or_comma('}')? {
                return Ok(members);
            }
        }
    }

    fn items(&mut self) -> Result<Vec<Node>, Found> {
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
    fn close_or_comma(&mut self, close: char) -> Result<bool, Found> {
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
                    let what = "a comma stands before a closing bracket";
                    Err(Found::new(FaultKind::TrailingComma, comma..comma + 1, what, "take the comma out"))
                }
                _ => Ok(false),
            };
        }
        if let Some(fault) = self.broken_string() {
            return Err(fault);
        }
        let next = self.peek();
        if matches!(next, Some('"' | '{' | '[' | '-' | '0'..='9' | 't' | 'f' | 'n')) {
            let what = "a comma is missing before what follows";
            return Err(Found::new(
                FaultKind::MissingComma,
                end_of_value..end_of_value,
                what,
                "write `,` here",
            ));
        }
        Err(self.unexpected(
            next,
            &format!("a `,` or a `{close}`"),
            "write `,` between members, or close the bracket",
        ))
    }

    fn number(&mut self) -> Result<Value, Found> {
        let start = self.at;
        let rest = self.rest();
        let end =
            rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let number = rest.get(..end).unwrap_or_default();
        let well_formed = serde_json::from_str::<serde_json::Number>(number).is_ok();
        self.at += end;
        if well_formed {
            Ok(Value::Number)
        } else {
            let what = "this is not a number as JSON writes it";
            Err(Found::new(
                FaultKind::Unexpected,
                start..self.at,
                what,
                "write it like `10` or `-0.5`, or as text in quotes",
            ))
        }
    }

    fn word(&mut self) -> Result<Value, Found> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if matches!(rest.get(..end), Some("true" | "false" | "null")) {
            self.at += end;
            Ok(Value::Word)
        } else {
            Err(self.unexpected(self.peek(), "a value", "write text in straight quotes"))
        }
    }
}
