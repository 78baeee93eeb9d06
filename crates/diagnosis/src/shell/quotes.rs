//! Quoted parts of words, and the quotes that end them too early or too late.

use super::reader::Reader;
use super::word::Word;
use crate::DiagnosticKind;
use crate::finding::Finding;
use crate::text::typography::{opens_quotation, plain, typographic};

/// What a JSON text in quotes is in the middle of.
#[derive(Default)]
struct Inside {
    is_json: bool,
    in_string: bool,
    depth: usize,
    /// The outermost bracket was closed.
    whole: bool,
}

impl Inside {
    fn see(&mut self, c: char) {
        match c {
            '"' => self.in_string = !self.in_string,
            '{' | '[' if !self.in_string => self.depth += 1,
            '}' | ']' if !self.in_string => {
                self.depth = self.depth.saturating_sub(1);
                self.whole |= self.depth == 0;
            }
            _ => {}
        }
    }
}

impl Reader<'_> {
    /// Reads the part of a word that begins here with the quote `opener`.
    pub(super) fn quoted(&mut self, word: &mut Word, opener: char) {
        let open = self.at;
        self.at += opener.len_utf8();
        let quote = plain(opener).unwrap_or(opener);
        if opener != quote {
            self.findings.add(|| typographic(open, opener, quote, "a shell"));
        }
        let begins = self.text.get(self.at..).unwrap_or_default().trim_start().chars().next();
        let mut inside = Inside { is_json: matches!(begins, Some('{' | '[')), ..Inside::default() };
        let mut quotations = 0_usize;
        while let Some(c) = self.peek() {
            let at = self.at;
            if c == quote && self.is_inner(quote, &inside) {
                self.inner(word, c, quote);
                inside.see(c);
                continue;
            }
            if c == quote {
                self.at += 1;
                return;
            }
            if plain(c) == Some(quote) {
                if self.is_curly_end(c, opener, quotations, &inside) {
                    self.at += c.len_utf8();
                    self.findings.add(|| typographic(at, c, quote, "a shell"));
                    return;
                }
                quotations += usize::from(opens_quotation(c) || c == '\u{2018}');
            }
            match c {
                '\\' if quote == '"' || self.is_line_end(at + 1) => {
                    if !self.escaped(word, quote, &mut inside) {
                        return;
                    }
                }
                '\n' => {
                    if (!inside.is_json || inside.whole) && self.option_follows() {
                        self.forgotten(open, quote, at);
                        return;
                    }
                    word.push(c, at, Some(quote));
                    self.at += 1;
                    if self.prompted && self.rest().starts_with("> ") {
                        self.at += 2;
                    }
                }
                _ => {
                    inside.see(c);
                    word.push(c, at, Some(quote));
                    self.at += c.len_utf8();
                }
            }
        }
        self.findings.add(|| {
            let message = format!("this `{quote}` is never closed");
            let help = format!("write `{quote}` where it ends");
            let finding =
                Finding::new(DiagnosticKind::NeverClosed, open..open + opener.len_utf8(), message, help);
            let end = self.text.trim_end().len();
            let ends_with_json = inside.whole
                && !inside.in_string
                && inside.depth == 0
                && self.text.trim_end().ends_with(['}', ']']);
            if ends_with_json { finding.edit(end..end, quote) } else { finding }
        });
    }

    fn is_line_end(&self, at: usize) -> bool {
        self.blank_until(at).is_some_and(|end| end < self.text.len())
    }

    /// A `\` in quotes. `false` if the quotes end there.
    fn escaped(&mut self, word: &mut Word, quote: char, inside: &mut Inside) -> bool {
        let at = self.at;
        let next = self.char_at(at + 1);
        if self.is_line_end(at + 1) {
            let after = at + 1 + self.line(at + 1).len() + 1;
            let line = self.line(after).trim_start();
            if (!inside.is_json || inside.whole)
                && (line.starts_with('-') || line.starts_with("'http") || line.starts_with("\"http"))
            {
                self.forgotten(word.span.start, quote, at);
                return false;
            }
            if quote == '\'' {
                let end = at + 1 + self.line(at + 1).trim_end_matches('\r').len();
                self.findings.add(|| {
                    let message = "inside `'` quotes this `\\` is sent as text; the line goes on without it";
                    Finding::new(DiagnosticKind::BackslashInQuotes, at..at + 1, message, "remove it")
                        .edit(at..end, "")
                });
                self.at = end;
            } else {
                self.at = after;
            }
            return true;
        }
        if let Some(c @ ('"' | '\\' | '$' | '`')) = next {
            inside.see(c);
            word.push_longer(c, at, Some(quote), 1);
            self.at += 2;
        } else {
            word.push('\\', at, Some(quote));
            self.at += 1;
        }
        true
    }

    /// Whether the next line begins with an option or a URL: then the quotes should have ended with this one.
    fn option_follows(&self) -> bool {
        let line = self.line(self.at + 1).trim_start();
        let is_url = ["http", "'http", "\"http"].iter().any(|start| line.starts_with(start));
        let option = line.strip_prefix('-');
        is_url || option.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))
    }

    /// The quote was forgotten at the end of the line that ends at `end`.
    fn forgotten(&mut self, open: usize, quote: char, end: usize) {
        let start = open.min(end);
        let line = self.text.get(start..end).unwrap_or_default();
        let content = line.trim_end().trim_end_matches('\\').trim_end();
        let place = start + content.len();
        let opener = self.char_at(open).map_or(1, char::len_utf8);
        self.go_back(place);
        self.findings.add(|| {
            let message = format!("this `{quote}` is not closed on its line");
            let help = format!("write `{quote}` where the argument ends");
            Finding::new(DiagnosticKind::NeverClosed, open..open + opener, message, help)
                .edit(place..place, quote)
        });
    }

    /// Whether the quote that stands here belongs to the argument.
    fn is_inner(&self, quote: char, inside: &Inside) -> bool {
        let next = self.char_at(self.at + 1);
        // A variable or another quoted part follows.
        let goes_on = next.is_some_and(|next| matches!(next, '$' | '"' | '\'' | '\\' | '`'));
        let ends = next.is_none_or(char::is_whitespace);
        if !inside.is_json {
            return false;
        }
        if quote == '\'' {
            let more = self.text.get(self.at + 1..).unwrap_or_default().contains('\'');
            return inside.in_string && !goes_on && (!ends || more);
        }
        inside.depth > 0 && !matches!(next, Some('$' | '\''))
    }

    fn inner(&mut self, word: &mut Word, c: char, quote: char) {
        let at = self.at;
        word.push(c, at, Some(quote));
        self.at += 1;
        self.findings.add(|| {
            let message = format!("this `{quote}` ends the quoted argument, and more of it follows");
            let (help, edit) = if quote == '\'' {
                ("write `'\\''` for a quote inside `'` quotes", "'\\''")
            } else {
                ("write `\\\"` for a quote inside `\"` quotes, or put the argument in `'` quotes", "\\\"")
            };
            Finding::new(DiagnosticKind::QuoteInArgument, at..at + 1, message, help).replace(edit)
        });
    }

    /// Whether the curly quote `c` was meant to end what `opener` began.
    fn is_curly_end(&self, c: char, opener: char, quotations: usize, inside: &Inside) -> bool {
        let next = self.char_at(self.at + c.len_utf8());
        let ends = next.is_none_or(|next| next.is_whitespace() || next == '\\');
        let curly = plain(opener).is_some();
        let free = !inside.is_json || inside.depth == 0 && !inside.in_string;
        free && quotations == 0 && (curly || ends)
    }
}
