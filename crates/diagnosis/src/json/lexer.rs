//! From a text to words of JSON.
//!
//! A strict lexer takes a string to end at its first `"`: so it is in a text that parses. In any other text the lexer is
//! tolerant, and asks at every quote what it was meant for (`string.rs`).

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use super::token::{Bracket, Kind, Token};
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};
use crate::text::typography::{plain, typographic};

/// As many levels as `serde_json` reads.
const DEPTH: usize = 127;

pub(crate) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) findings: Findings,
    /// The brackets that are open; may be wrong where one is missing.
    pub(super) open: Vec<Bracket>,
    /// The next character that ends text without quotes, as far as it was looked for.
    pub(super) mark: usize,
    /// The mark up to which a forgotten quote was looked for.
    pub(super) tried: Option<usize>,
    /// A place, and the next `"` or line break from there on.
    pub(super) quote: Cell<(usize, usize)>,
    /// Nothing that follows can be told.
    pub(super) stopped: bool,
    pub(super) strict: bool,
}

impl<'a> Lexer<'a> {
    pub(crate) fn strict(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 0,
            tokens: Vec::new(),
            findings: Findings::default(),
            open: Vec::new(),
            mark: 0,
            tried: None,
            quote: Cell::new((1, 0)),
            stopped: false,
            strict: true,
        }
    }

    pub(crate) fn tolerant(text: &'a str) -> Self {
        Self { strict: false, ..Self::strict(text) }
    }

    pub(crate) fn run(mut self) -> (Vec<Token<'a>>, Findings, bool) {
        while !self.stopped && self.token() {}
        (self.tokens, self.findings, self.stopped)
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        match self.byte(at)? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// Where the blanks of one line end that begin at `at`.
    pub(super) fn after_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        at
    }

    /// Whether a value, not a name, should come next.
    pub(super) fn after_colon(&self) -> bool {
        self.tokens.last().is_some_and(|token| token.kind == Kind::Colon)
    }

    pub(super) fn in_array(&self) -> bool {
        self.open.last() == Some(&Bracket::Square)
    }

    pub(super) fn push(&mut self, kind: Kind<'a>, start: usize, line: usize) {
        self.tokens.push(Token { kind, span: start..self.at, line });
    }

    /// Reads one word, or what stands between two. `false` at the end.
    fn token(&mut self) -> bool {
        let Some(c) = self.char_at(self.at) else { return false };
        let (start, line) = (self.at, self.line);
        let kind = match c {
            ' ' | '\t' | '\r' => {
                self.at += 1;
                return true;
            }
            '\n' => {
                self.at += 1;
                self.line += 1;
                return true;
            }
            '"' if self.strict => self.strict_string(),
            '{' | '<' | '\u{2026}' | '.' if !self.strict && self.blank() => return true,
            '{' => self.mark_of(Kind::Open(Bracket::Curly)),
            '[' => self.mark_of(Kind::Open(Bracket::Square)),
            '}' => self.mark_of(Kind::Close(Bracket::Curly)),
            ']' => self.mark_of(Kind::Close(Bracket::Square)),
            ':' => self.mark_of(Kind::Colon),
            ',' => self.mark_of(Kind::Comma),
            '/' | '#' if self.comment() => return true,
            '"' | '\'' => self.string(c),
            _ if plain(c).is_some_and(|plain| plain == '"' || plain == '\'') => self.string(c),
            _ if plain(c) == Some(' ') => {
                self.at += c.len_utf8();
                self.findings.add(|| typographic(start, c, ' ', "JSON"));
                return true;
            }
            _ => self.bare(c),
        };
        match kind {
            Kind::Open(bracket) => {
                self.open.push(bracket);
                if self.open.len() > DEPTH {
                    self.too_deep(start);
                }
            }
            Kind::Close(_) => {
                self.open.pop();
            }
            _ => {}
        }
        self.push(kind, start, line);
        true
    }

    /// Reads again from a place before this one.
    pub(super) fn go_back(&mut self, at: usize) {
        self.at = at;
        self.mark = 0;
        self.tried = None;
    }

    fn too_deep(&mut self, start: usize) {
        self.stopped = true;
        self.findings.add(|| {
            let message = "brackets are nested more than 127 deep here";
            let help = "remove what is not needed";
            Finding::new(DiagnosticKind::TooDeep, start..start + 1, message, help)
        });
    }

    /// A word of one byte.
    fn mark_of(&mut self, kind: Kind<'a>) -> Kind<'a> {
        self.at += 1;
        kind
    }

    /// A string of a text that parses.
    fn strict_string(&mut self) -> Kind<'a> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut escaped = false;
        while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += next;
            if self.byte(at) == Some(b'"') {
                break;
            }
            escaped = true;
            at += 2;
        }
        self.at = (at + 1).min(self.text.len());
        let inside = self.slice(start + 1..at.min(self.text.len()));
        Kind::Text(match escaped.then(|| serde_json::from_str(self.slice(start..self.at))) {
            Some(Ok(text)) => Cow::Owned(text),
            // Half of a character: some parsers let it pass.
            Some(Err(_)) => {
                self.stopped = true;
                Cow::Borrowed(inside)
            }
            None => Cow::Borrowed(inside),
        })
    }
}
