//! Which bracket is missing, and which is too much.
//!
//! A parser sees a missing bracket only where the last one closes too little, or something else. People indent, so the
//! lines tell more: the first bracket, in the order of closing, whose closing line is indented less than its opening line
//! is the one that was never closed. One whose closing line is indented more is closed by a bracket that closes nothing.

use super::indent::Indents;
use super::token::{Bracket, Kind, Token, merge};
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};

pub(super) struct Frame {
    pub(super) bracket: Bracket,
    pub(super) at: usize,
    /// Its index in `out`.
    pub(super) index: usize,
    pub(super) line: usize,
    /// The first word of a later line that is indented no more than this bracket's line, as an index of `out`.
    pub(super) dedent: Option<usize>,
    /// The indentation of its first line, and the first line that is indented more without a bracket.
    pub(super) inner: Option<usize>,
    pub(super) jump: Option<(usize, usize)>,
}

pub(super) struct Matcher<'a, 'b> {
    pub(super) indents: &'b Indents<'a>,
    pub(super) findings: &'b mut Findings,
    pub(super) open: Vec<Frame>,
    /// Indices of `open` whose block has not been left by a line.
    pub(super) waiting: Vec<usize>,
    pub(super) out: Vec<Token<'a>>,
    pub(super) inserts: Vec<(usize, Token<'a>)>,
    /// Indices of `out` that are too much, in any order.
    pub(super) removed: Vec<usize>,
    /// How many brackets are missing, and how many too much.
    pub(super) missing: usize,
    pub(super) extra: usize,
}

/// The words with every bracket closed.
pub(super) fn close<'a>(
    tokens: Vec<Token<'a>>,
    indents: &Indents<'a>,
    findings: &mut Findings,
) -> Vec<Token<'a>> {
    let (missing, extra) = balance(&tokens);
    if missing == 0 && extra == 0 {
        return tokens;
    }
    let mut matcher = Matcher {
        indents,
        findings,
        open: Vec::new(),
        waiting: Vec::new(),
        out: Vec::with_capacity(tokens.len() + missing),
        inserts: Vec::new(),
        removed: Vec::new(),
        missing,
        extra,
    };
    matcher.run(&tokens);
    // What is removed becomes a word that nothing sees: the places of the others stay as they are.
    for at in matcher.removed {
        if let Some(token) = matcher.out.get_mut(at) {
            token.kind = Kind::Nothing;
        }
    }
    let mut tokens = merge(matcher.out, matcher.inserts);
    tokens.retain(|token| token.kind != Kind::Nothing);
    tokens
}

/// How many brackets are never closed, and how many close nothing, if each closes the nearest of its kind.
fn balance(tokens: &[Token<'_>]) -> (usize, usize) {
    let (mut open, mut missing, mut extra) = (Vec::new(), 0, 0);
    let mut counts = [0_usize; 2];
    for token in tokens {
        match token.kind {
            Kind::Open(bracket) => {
                open.push(bracket);
                *count(&mut counts, bracket) += 1;
            }
            Kind::Close(bracket) if *count(&mut counts, bracket) == 0 => extra += 1,
            Kind::Close(bracket) => {
                while let Some(top) = open.pop() {
                    *count(&mut counts, top) -= 1;
                    if top == bracket {
                        break;
                    }
                    missing += 1;
                }
            }
            _ => {}
        }
    }
    (missing + open.len(), extra)
}

fn count(counts: &mut [usize; 2], bracket: Bracket) -> &mut usize {
    let [curly, square] = counts;
    if bracket == Bracket::Curly { curly } else { square }
}

impl<'a> Matcher<'a, '_> {
    fn run(&mut self, tokens: &[Token<'a>]) {
        let mut counts = [0_usize; 2];
        let mut line = usize::MAX;
        let mut skip = false;
        for (at, token) in tokens.iter().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            if token.line != line {
                line = token.line;
                self.begin_line(token);
            }
            match token.kind {
                Kind::Open(bracket) => {
                    *count(&mut counts, bracket) += 1;
                    self.waiting.push(self.open.len());
                    self.open.push(Frame {
                        bracket,
                        at: token.span.start,
                        index: self.out.len(),
                        line,
                        dedent: None,
                        inner: None,
                        jump: None,
                    });
                    self.out.push(token.clone());
                }
                Kind::Close(bracket) => skip = self.close(token, bracket, tokens.get(at + 1), &mut counts),
                // A member inside a list: the list should have ended before its name.
                Kind::Colon if self.missing > 0 && self.is_member_in_list() => {
                    let name = self.out.len() - 1;
                    self.unclosed(name, None);
                    *count(&mut counts, Bracket::Square) -= 1;
                    self.out.push(token.clone());
                }
                _ => self.out.push(token.clone()),
            }
        }
        self.end();
    }

    fn is_member_in_list(&self) -> bool {
        let mut before = self.out.iter().rev();
        let named = before.next().is_some_and(|name| matches!(name.kind, Kind::Text(_)));
        let further = before.next().is_some_and(|token| !matches!(token.kind, Kind::Open(_)));
        named
            && further
            && self.open.len() > 1
            && self.open.last().is_some_and(|top| top.bracket == Bracket::Square)
    }

    fn begin_line(&mut self, token: &Token<'a>) {
        let indent = self.indents.of_line(token.line);
        while let Some(frame) = self.waiting.last().and_then(|at| self.open.get_mut(*at)) {
            if frame.line >= token.line || self.indents.of_line(frame.line) < indent {
                break;
            }
            frame.dedent = Some(self.out.len());
            self.waiting.pop();
        }
        let start = token.span.start;
        if let Some(top) = self.open.last_mut().filter(|_| !matches!(token.kind, Kind::Close(_))) {
            match top.inner {
                None => top.inner = Some(indent),
                Some(inner) if indent > inner && top.jump.is_none() => top.jump = Some((indent, start)),
                Some(inner) if indent <= inner => top.jump = None,
                Some(_) => {}
            }
        }
    }

    /// A closing bracket. `true` if the word after it goes with it.
    fn close(
        &mut self,
        token: &Token<'a>,
        bracket: Bracket,
        next: Option<&Token<'a>>,
        counts: &mut [usize; 2],
    ) -> bool {
        let indent = self.indents.of_line(token.line);
        while let Some(top) = self.open.last() {
            let opened = self.indents.of_line(top.line);
            let spans_lines = top.line != token.line;
            let top_bracket = top.bracket;
            if top_bracket == bracket {
                if self.missing > 0 && spans_lines && indent < opened && self.open.len() > 1 {
                    *count(counts, top_bracket) -= 1;
                    self.unclosed(self.out.len(), Some(token));
                    continue;
                }
                let deeper = spans_lines && indent > opened;
                let goes_on = next.is_some_and(|next| !matches!(next.kind, Kind::Close(_)));
                let closes_all = self.open.len() == 1 && goes_on && !spans_lines_after(token, next);
                if self.extra > 0 && (deeper || closes_all) {
                    return self.surplus(token, next);
                }
                *count(counts, top_bracket) -= 1;
                self.pop();
                self.out.push(token.clone());
                return false;
            }
            let swapped = self.missing > 0 && self.extra > 0 && (!spans_lines || indent == opened);
            if swapped {
                return self.swapped(token, top_bracket, counts);
            }
            if *count(counts, bracket) == 0 {
                return self.surplus(token, next);
            }
            *count(counts, top_bracket) -= 1;
            self.unclosed(self.out.len(), Some(token));
        }
        self.surplus(token, next)
    }

    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.open.pop();
        if self.waiting.last() == Some(&self.open.len()) {
            self.waiting.pop();
        }
        frame
    }

    fn swapped(&mut self, token: &Token<'a>, right: Bracket, counts: &mut [usize; 2]) -> bool {
        *count(counts, right) -= 1;
        self.pop();
        self.missing -= 1;
        self.extra -= 1;
        self.out.push(Token { kind: Kind::Close(right), ..token.clone() });
        let found = Self::found(token);
        self.findings.add(|| {
            let message = format!("this `{found}` closes a `{}`", right.open());
            let help = format!("write `{}`", right.close());
            Finding::new(DiagnosticKind::ClosedTwice, token.span.clone(), message, help)
                .replace(right.close())
        });
        false
    }

    fn found(token: &Token<'_>) -> char {
        match token.kind {
            Kind::Close(bracket) => bracket.close(),
            _ => '}',
        }
    }

    /// A bracket that closes nothing.
    fn surplus(&mut self, token: &Token<'a>, next: Option<&Token<'a>>) -> bool {
        self.extra = self.extra.saturating_sub(1);
        let found = Self::found(token);
        let jump = self.open.last_mut().and_then(|top| top.jump.take());
        if let Some((_, start)) = jump.filter(|(indent, _)| *indent > self.indents.of_line(token.line)) {
            self.findings.add(|| {
                let opening = if found == '}' { '{' } else { '[' };
                let message = format!("a line with a name and a `{opening}` is missing before this one");
                let help =
                    format!("write it here, such as `\"configuration\": {opening}`; its `{found}` is there");
                Finding::new(DiagnosticKind::NeverOpened, start..start, message, help)
            });
            return false;
        }
        let after_comma = self.out.last().is_some_and(|before| before.kind == Kind::Comma);
        let with_comma = next.filter(|next| after_comma && next.kind == Kind::Comma);
        let end = with_comma.map_or(token.span.end, |comma| comma.span.end);
        let nothing_open = self.open.len() <= 1 && next.is_some();
        self.findings.add(|| {
            let message = if nothing_open && self.open.len() == 1 {
                "this bracket closes the document, and more of it follows".to_owned()
            } else {
                format!("this `{found}` closes nothing")
            };
            Finding::new(DiagnosticKind::ClosedTwice, token.span.clone(), message, "remove it")
                .edit(token.span.start..end, "")
        });
        with_comma.is_some()
    }
}

/// Whether the document may really end with `token`: what follows begins another one.
fn spans_lines_after(token: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    next.is_some_and(|next| matches!(next.kind, Kind::Open(_)) && next.line > token.line)
}
