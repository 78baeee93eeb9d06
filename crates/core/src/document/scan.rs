//! JSON with places: a tree whose nodes know where they stand, or the one fault that a person should mend first.
//!
//! A parser for machines stops where it can go no further; that place is often lines behind the mistake. This one knows
//! the mistakes people make, and points at them.

use std::ops::Range;

use super::{FaultKind, Found, plain, typographic};

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
    let mut scanner = Scanner { text, at: 0, open: Vec::new(), last_string: None, last_close: None };
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
    /// The bracket that closed last.
    last_close: Option<usize>,
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
                self.last_close = Some(self.at - 1);
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

    /// Whether what follows shows that the string before ended too early, or too late. `self.at` is at what follows.
    fn broken_string(&self) -> Option<Found> {
        let string = self.last_string.clone()?;
        let between = self.text.get(string.end..self.at)?;
        if !between.chars().all(|c| c == ' ' || c == '\t') {
            return None;
        }
        let next = self.peek()?;
        // `"name”: "x"`: the string ran on from the curly quote to the next straight one.
        let inside = self.text.get(string.start + 1..string.end - 1)?;
        let quote = inside
            .char_indices()
            .find_map(|(at, c)| plain(c).filter(|plain| *plain == "\"").map(|plain| (at, c, plain)));
        if let Some((at, c, plain)) = quote.filter(|_| !matches!(next, '"' | ',' | ':' | '}' | ']')) {
            return Some(typographic(string.start + 1 + at, c, plain));
        }
        // After a blank, a number or one of JSON's words is rather the next value.
        let value = ["true", "false", "null"].iter().any(|word| self.rest().starts_with(word));
        let follows = next.is_alphabetic() && !value
            || next.is_ascii_digit() && between.is_empty()
            || matches!(next, '.' | '!' | '?' | '\'' | '(' | ')' | '_' | '&' | '\\');
        follows.then(|| {
            let quote = string.end - 1..string.end;
            let what = "this `\"` ends the string, and more text follows";
            Found::new(FaultKind::UnescapedQuote, quote, what, "write `\\\"` for a quote inside a string")
        })
    }

    fn string(&mut self) -> Result<String, Found> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.peek() else {
                let what = "this string is never closed";
                return Err(Found::new(
                    FaultKind::NeverClosed,
                    start..start + 1,
                    what,
                    "write `\"` at its end",
                ));
            };
            let at = self.at;
            self.at += c.len_utf8();
            match c {
                '"' => {
                    self.last_string = Some(start..self.at);
                    return Ok(text);
                }
                '\\' => text.push(self.escape(at)?),
                '\n' | '\r' => {
                    let what = "the line ends inside this string";
                    let mend = "close the string with `\"` before the end of the line; write `\\n` for a line break in it";
                    return Err(Found::new(FaultKind::LineBreakInString, start..at, what, mend));
                }
                c if c < ' ' => {
                    let what = "a control character stands inside this string";
                    let mend = "take it out; write `\\t` for a tab";
                    return Err(Found::new(FaultKind::ControlCharacter, at..self.at, what, mend));
                }
                c => text.push(c),
            }
        }
    }

    /// What follows a `\` that stands at `start`.
    fn escape(&mut self, start: usize) -> Result<char, Found> {
        let next = self.peek();
        self.at += next.map_or(0, char::len_utf8);
        let escaped = match next {
            Some(c @ ('"' | '\\' | '/')) => Some(c),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => self.unicode_escape(),
            _ => None,
        };
        escaped.ok_or_else(|| {
            let what = "this `\\` begins no escape of JSON";
            Found::new(FaultKind::BadEscape, start..self.at, what, "write `\\\\` for a backslash")
        })
    }

    /// The four digits of `\uXXXX`, or of two of them that make one character (RFC 8259 §7).
    fn unicode_escape(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !(self.take('\\') && self.take('u')) {
            return None;
        }
        let second = self.four_digits().filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(number)
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

    fn here(&self, kind: FaultKind, what: impl Into<String>, mend: impl Into<String>) -> Found {
        let length = self.peek().map_or(0, char::len_utf8);
        Found::new(kind, self.at..self.at + length, what, mend)
    }

    /// Something else stands where `wanted` should. `next` is what is there.
    fn unexpected(&self, next: Option<char>, wanted: &str, mend: &str) -> Found {
        match next {
            None => self.never_closed(),
            Some(c @ ('}' | ']')) => self.wrong_bracket(c),
            Some('/' | '#') => self.here(FaultKind::Comment, "JSON has no comments", "take the comment out"),
            Some('\'') => self.here(
                FaultKind::Unexpected,
                "JSON quotes text with `\"`, not with `'`",
                "write straight double quotes",
            ),
            Some(c) => match plain(c) {
                Some(plain) => typographic(self.at, c, plain),
                None => self.here(FaultKind::Unexpected, format!("{wanted} should stand here"), mend),
            },
        }
    }

    fn never_closed(&self) -> Found {
        let (bracket, at) = self.open.last().copied().unwrap_or(('{', 0));
        let what = format!("this `{bracket}` is never closed");
        let mend = format!("write `{}` where it ends", closing(bracket));
        Found::new(FaultKind::NeverClosed, at..at + 1, what, mend)
    }

    /// A closing bracket that is not the innermost one's. If it closes one further out, the innermost was forgotten.
    fn wrong_bracket(&self, found: char) -> Found {
        if self.open.iter().any(|(bracket, _)| closing(*bracket) == found) {
            let fits = self.open.last().is_some_and(|(bracket, _)| closing(*bracket) == found);
            if !fits {
                return self.never_closed();
            }
            let what = "a value is missing before this bracket";
            return self.here(FaultKind::Unexpected, what, "write the value");
        }
        self.here(FaultKind::ClosedTwice, format!("this `{found}` closes nothing"), "take it out")
    }

    /// Something follows the whole document.
    fn after_the_end(&self, next: char) -> Found {
        match (next, self.last_close) {
            ('{' | '[', _) => self.here(
                FaultKind::TwoDocuments,
                "a second document begins here",
                "put each document in a file of its own",
            ),
            // What follows belongs inside, so the bracket before it closed too much.
            (',', Some(close)) => {
                let what = "this bracket closes the document, and more of it follows";
                Found::new(
                    FaultKind::ClosedTwice,
                    close..close + 1,
                    what,
                    "take the bracket out, or put it at the end",
                )
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
