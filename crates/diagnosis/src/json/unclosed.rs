//! Brackets that were never closed: where their blocks end, and what is written there.

use super::brackets::{Frame, Matcher};
use super::token::{Kind, Token};
use crate::DiagnosticKind;
use crate::finding::Finding;

impl<'a> Matcher<'a, '_> {
    /// The innermost bracket was never closed. Its block ends before the first line that is indented no more than its own,
    /// or else at `here`, an index of `out`; `next` is what comes there if it is not in `out` yet.
    pub(super) fn unclosed(&mut self, here: usize, next: Option<&Token<'a>>) {
        let Some(frame) = self.pop() else { return };
        self.missing = self.missing.saturating_sub(1);
        if self.doubled(&frame) {
            return;
        }
        let place = frame.dedent.filter(|place| *place <= here).unwrap_or(here);
        let follows = self.out.get(place).or(next).map(|token| token.kind.clone());
        let before = place.checked_sub(1).and_then(|at| self.out.get(at)).cloned();
        let Some(before) = before else { return };
        let closes = matches!(follows, None | Some(Kind::Close(_) | Kind::Comma));
        let is_comma = before.kind == Kind::Comma;
        let close = Token {
            kind: Kind::Close(frame.bracket),
            span: before.span.end..before.span.end,
            line: before.line,
        };
        let at = if is_comma { place - 1 } else { place };
        self.inserts.push((at, close));
        let mut edit = self.on_its_line(&frame, before.line, frame.bracket.close());
        if !closes {
            edit.push(',');
            if !is_comma {
                let span = before.span.end..before.span.end;
                self.inserts.push((at, Token { kind: Kind::Comma, span, line: before.line }));
            }
        }
        let span = if is_comma { before.span.clone() } else { before.span.end..before.span.end };
        self.findings.add(|| never_closed(&frame, span, edit));
    }

    /// The same bracket follows at once: one of the two is too much.
    pub(super) fn doubled(&mut self, frame: &Frame) -> bool {
        let next = self.out.get(frame.index + 1);
        let Some(next) =
            next.filter(|next| next.kind == Kind::Open(frame.bracket) && next.span.start == frame.at + 1)
        else {
            return false;
        };
        let span = next.span.clone();
        self.removed.push(frame.index);
        self.findings.add(|| {
            let message = format!("a second `{}` stands here, and nothing closes it", frame.bracket.open());
            Finding::new(DiagnosticKind::NeverClosed, span, message, "remove it").remove()
        });
        true
    }

    /// `closing` as people would write it: on a line of its own if the block has several.
    pub(super) fn on_its_line(&self, frame: &Frame, last: usize, closing: char) -> String {
        if frame.line == last {
            closing.to_string()
        } else {
            format!("\n{}{closing}", self.indents.prefix(frame.line))
        }
    }

    /// What is still open where the text ends. Brackets that lines tell nothing of are one mistake: the text was cut.
    pub(super) fn end(&mut self) {
        while self.open.len() > 1 && self.open.last().is_some_and(|top| top.dedent.is_some()) {
            self.unclosed(self.out.len(), None);
        }
        let Some(before) = self.out.last().cloned() else { return };
        let is_comma = before.kind == Kind::Comma;
        if is_comma {
            self.out.pop();
        }
        let mut edit = String::new();
        let mut first = None;
        while let Some(frame) = self.pop() {
            if self.doubled(&frame) {
                continue;
            }
            if self.findings.list().len() <= crate::finding::MOST && edit.len() < 4096 {
                edit.push_str(&self.on_its_line(&frame, before.line, frame.bracket.close()));
            }
            let span = before.span.end..before.span.end;
            self.out.push(Token { kind: Kind::Close(frame.bracket), span, line: before.line });
            first.get_or_insert(frame);
        }
        let Some(first) = first else { return };
        let span = if is_comma { before.span.clone() } else { before.span.end..before.span.end };
        // The first `{` is one of those that were missing: nobody can look at it.
        let is_missing = self.out.get(first.index).is_some_and(|token| token.span.is_empty());
        self.findings.add(|| {
            if is_missing {
                let message = format!("the last `{}` is missing", first.bracket.close());
                let help = format!("end the document with `{}`", first.bracket.close());
                return Finding::new(DiagnosticKind::NeverClosed, span.clone(), message, help)
                    .edit(span, edit);
            }
            never_closed(&first, span, edit)
        });
    }
}

fn never_closed(frame: &Frame, span: std::ops::Range<usize>, edit: String) -> Finding {
    let message = format!("this `{}` is never closed", frame.bracket.open());
    let help = format!("write `{}` where it ends", frame.bracket.close());
    Finding::new(DiagnosticKind::NeverClosed, frame.at..frame.at + 1, message, help).edit(span, edit)
}
