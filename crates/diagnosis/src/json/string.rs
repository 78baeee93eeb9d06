//! Strings that people wrote: what each quote was meant for.

use std::borrow::Cow;

use super::closing::is_simple;
use super::lexer::Lexer;
use super::token::Kind;
use crate::DiagnosticKind;
use crate::finding::Finding;
use crate::text::typography::{opens_quotation, plain, typographic};

/// What a quote inside a string is.
enum Role {
    /// The string ends with it.
    Closes,
    /// It belongs to the text.
    Inner,
    /// One of two where one should be; what follows is the string.
    Doubled,
    /// The string should have ended earlier, at this place.
    Overrun(usize),
}

impl<'a> Lexer<'a> {
    /// Reads the string that begins here with the quote `opener`.
    pub(super) fn string(&mut self, opener: char) -> Kind<'a> {
        let open = self.at;
        self.at += opener.len_utf8();
        if opener != '"' {
            self.findings.add(|| wrong_quote(open, opener));
        }
        let family = plain(opener).unwrap_or(opener);
        let mut text = String::new();
        let mut quotations = 0_usize;
        let mut segment = open;
        let mut markup = false;
        while let Some(c) = self.char_at(self.at) {
            let at = self.at;
            let quote =
                matches!(c, '"' | '\'') || plain(c).is_some_and(|plain| plain == '"' || plain == '\'');
            match c {
                '\\' => self.escape(&mut text),
                '\n' | '\r' => {
                    if self.line_break(open, segment, &mut text) {
                        return Kind::Text(Cow::Owned(text));
                    }
                    segment = self.at;
                }
                _ if quote => match self.role(c, opener, family, &text, &mut quotations, markup) {
                    Role::Closes => return self.close(c, text),
                    Role::Overrun(end) => return self.overrun(open, end, text),
                    Role::Doubled => {
                        self.at += 1;
                        self.findings.add(|| doubled(at));
                    }
                    Role::Inner => {
                        text.push(c);
                        self.at += c.len_utf8();
                        if c == '"' {
                            self.findings.add(|| unescaped(at));
                        }
                    }
                },
                c if c < ' ' => {
                    self.at += 1;
                    self.findings.add(|| control(at, c));
                    if c == '\t' {
                        text.push(c);
                    }
                }
                c => {
                    markup |= c == '<';
                    self.at += c.len_utf8();
                    text.push(c);
                }
            }
        }
        self.cut(open, text)
    }

    /// The closing quote `c`, which stands here.
    fn close(&mut self, c: char, text: String) -> Kind<'a> {
        let at = self.at;
        self.at += c.len_utf8();
        if c != '"' {
            self.findings.add(|| wrong_quote(at, c));
        }
        let next = self.after_blanks(self.at);
        if self.byte(self.at) == Some(b'"') && c == '"' && self.ends_value(self.after_blanks(self.at + 1)) {
            let second = self.at;
            self.at += 1;
            self.findings.add(|| doubled(second));
        } else if self
            .char_at(next)
            .is_some_and(|next| !matches!(next, '"' | ',' | ':' | '}' | ']' | '\n' | '\r'))
            && !self.closes(self.at, true)
        {
            self.findings.add(|| {
                let message = "this `\"` ends the string, and more text follows";
                let help = "write `\\\"` for a quote inside a string, and `\"` only at its end";
                Finding::new(DiagnosticKind::UnescapedQuote, at..at + c.len_utf8(), message, help)
            });
            self.stopped = true;
        }
        Kind::Text(Cow::Owned(text))
    }

    /// What the quote `c`, which stands here, was meant for.
    fn role(
        &self,
        c: char,
        opener: char,
        family: char,
        text: &str,
        quotations: &mut usize,
        markup: bool,
    ) -> Role {
        let after = self.at + c.len_utf8();
        let curly = c != '"' && c != '\'';
        if plain(c).unwrap_or(c) != family {
            let closes = family == '\'' && opener != '\'' && c == '"' && self.closes(after, true);
            return if closes { Role::Closes } else { Role::Inner };
        }
        if curly && opener == '"' {
            if *quotations > 0 && !opens_quotation(c) {
                *quotations -= 1;
                return Role::Inner;
            }
            let closes = *quotations == 0 && self.closes(after, true);
            *quotations += usize::from(opens_quotation(c) && !closes);
            return if closes { Role::Closes } else { Role::Inner };
        }
        if text.is_empty() && c == '"' && opener == '"' {
            let follows = self.char_at(after).is_some_and(|c| c.is_alphanumeric() || c == '<');
            return if follows && self.quote_follows(after) { Role::Doubled } else { Role::Closes };
        }
        // `<a href="…">`: an attribute of HTML begins.
        if markup && text.ends_with('=') && self.quote_follows(after) {
            return Role::Inner;
        }
        if c == '"'
            && let Some(end) = self.should_have_ended(text, after)
        {
            return Role::Overrun(end);
        }
        // A name where a value should be: the bracket before it is missing.
        if self.byte(self.after_blanks(after)) == Some(b':') && is_simple(text) {
            return Role::Closes;
        }
        let closes = self.closes(after, self.quote_follows(after)) || !self.quote_follows(after) && !curly;
        if closes { Role::Closes } else { Role::Inner }
    }

    /// Ends the string at `end`, where its quote was forgotten.
    fn overrun(&mut self, open: usize, end: usize, mut text: String) -> Kind<'a> {
        let too_much = self.at - end;
        text.truncate(text.len().saturating_sub(too_much));
        self.go_back(end);
        self.findings.add(|| missing_quote(open, end));
        Kind::Text(Cow::Owned(text))
    }
}

pub(super) fn missing_quote(open: usize, end: usize) -> Finding {
    let message = "this string has no closing quote";
    Finding::new(DiagnosticKind::MissingQuote, open..end, message, "write `\"` at its end")
        .edit(end..end, "\"")
}

fn wrong_quote(at: usize, c: char) -> Finding {
    if c == '\'' {
        let message = "JSON quotes text with `\"`, not with `'`";
        return Finding::new(DiagnosticKind::Unexpected, at..at + 1, message, "write straight double quotes")
            .replace("\"");
    }
    typographic(at, c, '"', "JSON")
}

fn doubled(at: usize) -> Finding {
    let message = "a second `\"` stands here";
    Finding::new(DiagnosticKind::UnescapedQuote, at..at + 1, message, "remove it").remove()
}

fn unescaped(at: usize) -> Finding {
    let message = "this `\"` ends the string, and more text follows";
    Finding::new(
        DiagnosticKind::UnescapedQuote,
        at..at + 1,
        message,
        "write `\\\"` for a quote inside a string",
    )
    .replace("\\\"")
}

fn control(at: usize, c: char) -> Finding {
    let (message, help) = if c == '\t' {
        ("a tab stands inside this string", "write `\\t` for a tab, or a space")
    } else {
        ("a control character stands inside this string", "remove it")
    };
    Finding::new(DiagnosticKind::ControlCharacter, at..at + 1, message, help).replace(if c == '\t' {
        "\\t"
    } else {
        ""
    })
}
