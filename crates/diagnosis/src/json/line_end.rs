//! Strings in which the line ends: the text goes on, or its quote was forgotten.

use std::borrow::Cow;

use super::closing::{is_plain_value, is_simple};
use super::lexer::Lexer;
use super::string::missing_quote;
use super::token::Kind;
use crate::DiagnosticKind;
use crate::finding::Finding;

impl<'a> Lexer<'a> {
    /// The line ends inside the string. `true` if the string ends there, `false` if it goes on in the next line.
    pub(super) fn line_break(&mut self, open: usize, segment: usize, text: &mut String) -> bool {
        let end = self.at;
        let rest = self.rest();
        let next = end + rest.len() - rest.trim_start().len();
        let breaks = self.slice(end..next).bytes().filter(|byte| *byte == b'\n').count();
        let closes_there = self.byte(next) == Some(b'"')
            && self.ends_value(self.after_blanks(next + 1))
            && self.byte(self.after_blanks(next + 1)) != Some(b':');
        let forgotten = match self.char_at(next) {
            None => return self.forgotten_at_end(open, text),
            Some('}' | ']') => true,
            Some('"') => !closes_there,
            Some(_) => segment == open && self.is_name_without_quote(text),
        };
        if forgotten {
            return self.forgotten(open, end, text);
        }
        // Words that were wrapped need a space; a token or a URL has none.
        let is_token = |c: char| c.is_ascii_digit() || matches!(c, '/' | '+' | '=' | '.' | '_' | ':');
        let line = self.slice(segment..end).trim_start_matches('"').trim();
        let one_word = !line.contains(' ') && line.contains(is_token);
        let joint = if one_word || closes_there { "" } else { " " };
        let trimmed = text.trim_end_matches([' ', '\t']).len();
        let from = end - (text.len() - trimmed);
        text.truncate(trimmed);
        text.push_str(joint);
        self.at = next;
        self.line += breaks.max(1);
        self.findings.add(|| {
            let message = "the line ends inside this string";
            let help = "close the string with `\"` before the end of the line; if the text goes on, join the lines, or write `\\n` for a line break in it";
            Finding::new(DiagnosticKind::LineBreakInString, segment..end, message, help)
                .edit(from..next, joint)
                .or(from..next, "\\n")
        });
        false
    }

    /// `"key: {` at the end of a line.
    pub(super) fn is_name_without_quote(&self, text: &str) -> bool {
        let is_name = !self.after_colon() && !self.in_array();
        is_name && text.split_once(':').is_some_and(|(name, value)| is_simple(name) && is_plain_value(value))
    }

    /// The closing quote was forgotten on the line that ends at `end`.
    pub(super) fn forgotten(&mut self, open: usize, end: usize, text: &mut String) -> bool {
        let line = text.len();
        let on_one_line = text.len() < 160 && self.is_name_without_quote(text);
        let keep = if on_one_line {
            text.find(':').unwrap_or(line)
        } else {
            text.trim_end().trim_end_matches(',').len()
        };
        let place = end - (line - keep);
        text.truncate(keep);
        self.go_back(place);
        self.findings.add(|| {
            let message = "the line ends inside this string";
            let help = "close the string with `\"`";
            Finding::new(DiagnosticKind::LineBreakInString, open..end, message, help).edit(place..place, "\"")
        });
        true
    }

    /// As [`forgotten`](Self::forgotten), at the last line.
    pub(super) fn forgotten_at_end(&mut self, open: usize, text: &mut String) -> bool {
        self.at = self.text.len();
        let Kind::Text(kept) = self.cut(open, std::mem::take(text)) else { return true };
        *text = kept.into_owned();
        true
    }

    /// The text ends inside the string. If it ends with the brackets that are open, only the quote is missing.
    pub(super) fn cut(&mut self, open: usize, mut text: String) -> Kind<'a> {
        let whole = self.slice(open..self.at).trim_end();
        let mut keep = whole;
        let mut closed = 0;
        for bracket in self.open.iter().rev() {
            let Some(before) = keep.trim_end().strip_suffix(bracket.close()) else { break };
            keep = before;
            closed += 1;
        }
        if closed == 0 || closed < self.open.len() {
            self.stopped = true;
            self.findings.add(|| {
                Finding::new(
                    DiagnosticKind::NeverClosed,
                    open..open + opener_length(whole),
                    "this string is never closed",
                    "write `\"` at its end",
                )
            });
            return Kind::Text(Cow::Owned(text));
        }
        let end = open + keep.trim_end().len();
        text.truncate(text.trim_end().len().saturating_sub(whole.len() - keep.trim_end().len()));
        self.at = end;
        self.findings.add(|| missing_quote(open, end));
        Kind::Text(Cow::Owned(text))
    }
}

/// How long the quote is that `text` begins with.
fn opener_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
