//! JSON that people wrote: a tree whose nodes know where they stand, and what is wrong with the text.
//!
//! A parser for machines stops where it can go no further; that place is often lines behind the mistake. This one knows the
//! mistakes people make, points at them and goes on, as long as there is no doubt about what was meant.

mod aside;
mod bare;
mod between;
mod brackets;
mod closing;
mod escape;
mod indent;
mod lexer;
mod line_end;
mod openers;
mod other;
mod parser;
mod string;
mod token;
pub(crate) mod tree;
mod unclosed;

use serde::de::IgnoredAny;

use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};
use lexer::Lexer;
use parser::Parser;
use tree::Node;

/// What a text says, as far as it can be told, and what is wrong with its syntax.
pub(crate) struct Checked<'a> {
    pub(crate) root: Option<Node<'a>>,
    pub(crate) findings: Findings,
}

/// The tree of a text that parses.
pub(crate) fn strict(text: &str) -> Checked<'_> {
    let (tokens, _, stopped) = Lexer::strict(text).run();
    let mut findings = Findings::default();
    if stopped {
        return Checked { root: None, findings };
    }
    let root = Parser::new(text, tokens, &mut findings).document().ok();
    Checked { root, findings }
}

/// Every mistake that can be told, without a check of the edits.
pub(crate) fn tolerant(text: &str) -> Checked<'_> {
    let mut findings = Findings::default();
    if text.starts_with('\u{feff}') {
        findings.add(|| {
            let message = "the file begins with a byte order mark";
            Finding::new(
                DiagnosticKind::ByteOrderMark,
                0..3,
                message,
                "save it as UTF-8 without a byte order mark",
            )
            .remove()
        });
        let blank = format!("   {}", text.get(3..).unwrap_or_default());
        // The places stay the same; the tree is read again from the text without the mark.
        let rest = if serde_json::from_str::<IgnoredAny>(&blank).is_ok() {
            Findings::default()
        } else {
            tolerant(&blank).findings
        };
        findings.append(rest, |finding| finding);
        return Checked { root: None, findings };
    }
    if text.trim().is_empty() {
        findings.add(|| Finding::new(DiagnosticKind::Empty, 0..0, "the file is empty", "begin with `{`"));
        return Checked { root: None, findings };
    }
    if let Some(finding) = other::language(text) {
        findings.add(|| finding);
        return Checked { root: None, findings };
    }
    let (tokens, found, stopped) = Lexer::tolerant(text).run();
    findings = found;
    if stopped {
        // The words before are judged without their brackets: those may be closed behind.
        return Checked { root: None, findings };
    }
    let indents = indent::Indents::of(text);
    let tokens = openers::open(&tokens, &mut findings);
    let tokens = brackets::close(tokens, &indents, &mut findings);
    if tokens.is_empty() {
        return Checked { root: None, findings };
    }
    let root = Parser::new(text, tokens, &mut findings).document().ok();
    Checked { root, findings }
}
