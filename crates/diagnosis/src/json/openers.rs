//! Opening brackets that the order of the words shows to be missing: a member outside an object, a value that is a name,
//! values that follow each other where members should.

use super::token::{Bracket, Kind, Token, merge};
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};

/// How many brackets of each kind close nothing. One that closes the other kind is mistyped; no bracket is missing then.
fn spare([curly, square]: [usize; 2], [curly_closed, square_closed]: [usize; 2]) -> [usize; 2] {
    if curly > curly_closed || square > square_closed {
        return [0, 0];
    }
    [curly_closed - curly, square_closed - square]
}

/// The words with the missing brackets among them.
pub(super) fn open<'a>(tokens: &[Token<'a>], findings: &mut Findings) -> Vec<Token<'a>> {
    let count = |kind: &Kind<'_>| tokens.iter().filter(|token| token.kind == *kind).count();
    let opened = [Bracket::Curly, Bracket::Square].map(|bracket| count(&Kind::Open(bracket)));
    let closed = [Bracket::Curly, Bracket::Square].map(|bracket| count(&Kind::Close(bracket)));
    let [curly, square] = spare(opened, closed);
    let out = Vec::with_capacity(tokens.len() + 2);
    let mut openers = Openers { tokens, findings, curly, square, open: Vec::new(), out, inserts: Vec::new() };
    openers.document();
    for (at, token) in tokens.iter().enumerate() {
        if !openers.word(at, token) {
            openers.out.push(token.clone());
        }
    }
    merge(openers.out, openers.inserts)
}

struct Openers<'t, 'a> {
    tokens: &'t [Token<'a>],
    findings: &'t mut Findings,
    /// How many brackets of each kind close nothing.
    curly: usize,
    square: usize,
    /// The brackets that are open; of an object, where the value of its last member begins, as an index of `out`.
    open: Vec<(Bracket, Option<usize>)>,
    out: Vec<Token<'a>>,
    inserts: Vec<(usize, Token<'a>)>,
}

impl<'a> Openers<'_, 'a> {
    fn kind(&self, at: usize) -> Option<&Kind<'a>> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn is_text(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Text(_)))
    }

    fn is(&self, at: usize, kind: &Kind<'_>) -> bool {
        self.kind(at) == Some(kind)
    }

    /// The bracket of the document itself.
    fn document(&mut self) {
        let named = matches!(self.kind(0), Some(Kind::Text(_) | Kind::Bare)) && self.is(1, &Kind::Colon);
        let (Some(first), Some(last), true) = (self.tokens.first(), self.tokens.last(), named) else {
            return;
        };
        let (line, start, own_line) = (first.line, first.span.start, last.line > first.line);
        self.findings.add(|| {
            let message = "the first `{` is missing";
            let help = "begin the document with `{`, and end it with `}`";
            Finding::new(DiagnosticKind::NeverOpened, start..start, message, help)
                .edit(start..start, if own_line { "{\n" } else { "{" })
        });
        self.curly = self.curly.saturating_sub(1);
        self.push(Kind::Open(Bracket::Curly), start, line);
        self.open.push((Bracket::Curly, None));
    }

    /// Looks at a word; `true` if it is among the words already.
    fn word(&mut self, at: usize, token: &Token<'a>) -> bool {
        let top = self.open.last().copied();
        let in_object = matches!(top, Some((Bracket::Curly, _)));
        match &token.kind {
            Kind::Open(bracket) => self.open.push((*bracket, None)),
            Kind::Close(Bracket::Square) if self.square > 0 && in_object => return self.list_closed(token),
            Kind::Close(_) => {
                self.open.pop();
            }
            // A name where the value should be.
            Kind::Colon if self.curly > 0 && self.is_text(at + 1) && self.is(at + 2, &Kind::Colon) => {
                self.out.push(token.clone());
                self.curly -= 1;
                missing(self.findings, token.span.end, Bracket::Curly, " {");
                self.push(Kind::Open(Bracket::Curly), token.span.end, token.line);
                self.open.push((Bracket::Curly, None));
                return true;
            }
            Kind::Colon => self.colon(),
            Kind::Text(_) if self.square == 0 && in_object => {
                if let Some(value) = top.and_then(|top| top.1).filter(|_| self.is_nameless(at)) {
                    self.item(at, token, value);
                    return true;
                }
            }
            _ => {}
        }
        false
    }

    /// `]` in an object: the value of its last member is the first of a list.
    fn list_closed(&mut self, token: &Token<'a>) -> bool {
        let value = self.open.last().and_then(|top| top.1);
        let is_list =
            |at: &usize| self.out.get(*at).is_some_and(|value| value.kind == Kind::Open(Bracket::Square));
        let Some(value) = value.filter(|at| !is_list(at)) else {
            self.open.pop();
            return false;
        };
        self.square -= 1;
        self.insert(value, Bracket::Square);
        self.out.push(token.clone());
        if let Some(top) = self.open.last_mut() {
            top.1 = None;
        }
        true
    }

    fn colon(&mut self) {
        // The first item of a list with a colon behind it: the objects of the list lost their bracket.
        let in_list = self.open.last().is_some_and(|top| top.0 == Bracket::Square);
        let mut before = self.out.iter().rev();
        let named = before.next().is_some_and(|name| matches!(name.kind, Kind::Text(_)));
        let is_first = before.next().is_some_and(|before| before.kind == Kind::Open(Bracket::Square));
        let value = self.out.len() + 1;
        if in_list && named && is_first && self.curly > 0 {
            self.curly -= 1;
            self.insert(self.out.len() - 1, Bracket::Curly);
            self.open.push((Bracket::Curly, Some(value)));
        } else if let Some(top) = self.open.last_mut() {
            top.1 = Some(value);
        }
    }

    /// `"tags": "a", "b"`: no name, since no colon follows.
    fn is_nameless(&self, at: usize) -> bool {
        let follows = matches!(self.kind(at + 1), Some(Kind::Comma | Kind::Close(Bracket::Curly)));
        follows && at > 1 && self.is(at - 1, &Kind::Comma) && self.is_text(at - 2)
    }

    /// An item of a list without brackets that begins at `value`.
    fn item(&mut self, at: usize, token: &Token<'a>, value: usize) {
        if self.inserts.last().is_none_or(|(place, _)| *place != value) {
            self.insert(value, Bracket::Square);
        }
        self.out.push(token.clone());
        let goes_on = self.is(at + 1, &Kind::Comma) && self.is_text(at + 2) && !self.is(at + 3, &Kind::Colon);
        if !goes_on {
            missing(self.findings, token.span.end, Bracket::Square, "]");
            self.push(Kind::Close(Bracket::Square), token.span.end, token.line);
        }
    }

    fn push(&mut self, kind: Kind<'a>, place: usize, line: usize) {
        self.out.push(Token { kind, span: place..place, line });
    }

    /// Puts an opening bracket before the word at `at` of `out`.
    fn insert(&mut self, at: usize, bracket: Bracket) {
        let Some(token) = self.out.get(at) else { return };
        let place = token.span.start;
        missing(self.findings, place, bracket, if bracket == Bracket::Curly { "{" } else { "[" });
        self.inserts.push((at, Token { kind: Kind::Open(bracket), span: place..place, line: token.line }));
    }
}

fn missing(findings: &mut Findings, place: usize, bracket: Bracket, edit: &str) {
    findings.add(|| {
        let c = edit.trim();
        let message = if bracket == Bracket::Square {
            format!("a list needs brackets; a `{c}` is missing here")
        } else {
            format!("a `{c}` is missing here")
        };
        Finding::new(DiagnosticKind::NeverOpened, place..place, message, format!("write `{c}` here"))
            .edit(place..place, edit)
    });
}
