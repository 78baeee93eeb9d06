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
    mark: usize,
    /// The mark up to which a forgotten quote was looked for.
    tried: Option<usize>,
    /// A place, and the next `"` or line break from there on.
    pub(super) quote: Cell<(usize, usize)>,
    /// Nothing that follows can be told.
    pub(super) stopped: bool,
    strict: bool,
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

    fn push(&mut self, kind: Kind<'a>, start: usize, line: usize) {
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

    /// A placeholder, a template's directive or something left out, without quotes. `true` if it was one.
    fn blank(&mut self) -> bool {
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
    fn omission(&mut self) -> bool {
        let dots: &[char] = &['.', '\u{2026}'];
        let rest = self.rest();
        if !(rest.starts_with("...") || rest.starts_with('\u{2026}')) {
            return false;
        }
        let start = self.at;
        self.at += rest.len() - rest.trim_start_matches(dots).len();
        let span = start..self.at;
        let (line, is_value) = (self.line, self.after_colon());
        self.findings.add(|| {
            let message = "dots stand here for something that was left out";
            Finding::new(
                DiagnosticKind::Omission,
                span,
                message,
                "write out what was left out, or remove the dots",
            )
        });
        if is_value {
            self.push(Kind::Word, start, line);
        }
        true
    }

    /// Skips the comment that begins here, if one does.
    fn comment(&mut self) -> bool {
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

    /// Text without quotes: a number, a word of JSON, or something that should have had quotes.
    fn bare(&mut self, first: char) -> Kind<'a> {
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

    fn number(&mut self, start: usize, word: &str) -> Kind<'a> {
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
    fn quote_forgotten(&mut self) -> Option<Kind<'a>> {
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
