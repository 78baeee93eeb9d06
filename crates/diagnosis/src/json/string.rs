//! Strings that people wrote: what each quote was meant for.

use std::borrow::Cow;

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

    /// Whether another `"` stands on this line.
    fn quote_follows(&self, at: usize) -> bool {
        let (from, to) = self.quote.get();
        let to = if (from..=to).contains(&at) {
            to
        } else {
            let rest = self.text.as_bytes().get(at..).unwrap_or_default();
            memchr::memchr2(b'"', b'\n', rest).map_or(self.text.len(), |next| at + next)
        };
        self.quote.set((at, to));
        self.byte(to) == Some(b'"')
    }

    /// `{"key: "v"}` and `"a": "b, "c": 1`: where the quote was forgotten, if `text` shows that it was.
    fn should_have_ended(&self, text: &str, after: usize) -> Option<usize> {
        let blanks = text.len() - text.trim_end_matches([' ', '\t']).len();
        let ends_with = text.trim_end_matches([' ', '\t']).chars().next_back()?;
        let before = self.at - blanks - 1;
        let is_name = !self.after_colon() && !self.in_array();
        match ends_with {
            ':' if is_name && self.byte(self.after_blanks(after)) == Some(b':') => None,
            ':' | '{' | '[' | ',' if is_name => {
                let colon = text.bytes().take(80).position(|byte| byte == b':')?;
                let is_member = is_simple(text.get(..colon)?) && is_plain_value(text.get(colon + 1..)?);
                is_member.then(|| self.at - (text.len() - colon))
            }
            ',' if !is_name => {
                let rest = self.text.get(after..)?;
                let name = rest.get(..rest.find(['"', '\n'])?)?;
                let end = after + name.len() + 1;
                let follows = self.byte(self.after_blanks(end));
                let is_next = if self.in_array() {
                    matches!(follows, Some(b',' | b']'))
                } else {
                    follows == Some(b':')
                };
                (is_simple(name) && is_next && self.byte(end - 1) == Some(b'"')).then_some(before)
            }
            _ => None,
        }
    }

    /// Ends the string at `end`, where its quote was forgotten.
    fn overrun(&mut self, open: usize, end: usize, mut text: String) -> Kind<'a> {
        let too_much = self.at - end;
        text.truncate(text.len().saturating_sub(too_much));
        self.go_back(end);
        self.findings.add(|| missing_quote(open, end));
        Kind::Text(Cow::Owned(text))
    }

    /// Whether a string may end before `at`: what follows can follow a string. `more` says that another `"` comes.
    pub(super) fn closes(&self, at: usize, more: bool) -> bool {
        let next = self.after_blanks(at);
        let gap = next > at;
        let value = self.after_colon();
        let Some(c) = self.char_at(next) else { return true };
        match c {
            '\n' | '\r' | '}' | ']' | '"' | '{' | '[' => true,
            ':' => !value || !more,
            '=' => !value && !self.in_array() && more,
            ',' => self.may_follow_comma(self.after_blanks(next + 1)),
            '/' => gap && matches!(self.byte(next + 1), Some(b'/' | b'*')),
            '#' => gap,
            ';' => {
                let after = self.after_blanks(next + 1);
                self.ends_value(after) || more && self.byte(after) == Some(b'"')
            }
            '-' | '0'..='9' | 't' | 'f' | 'n' if gap || !value && !self.in_array() => {
                let rest = self.text.get(next..).unwrap_or_default();
                let word = rest.get(
                    ..rest
                        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.'))
                        .unwrap_or(rest.len()),
                );
                let word = word.unwrap_or_default();
                let is_value = matches!(word, "true" | "false" | "null") || !c.is_alphabetic();
                is_value && self.ends_value(self.after_blanks(next + word.len()))
            }
            c => plain(c) == Some('"') || plain(c) == Some(' '),
        }
    }

    /// Whether a value may end here: the line, a member or a bracket does.
    pub(super) fn ends_value(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|next| matches!(next, b'\n' | b'\r' | b',' | b':' | b'}' | b']'))
    }

    /// After a comma comes a string, a bracket, or the end of the line; within a list any value.
    fn may_follow_comma(&self, at: usize) -> bool {
        let Some(c) = self.char_at(at) else { return true };
        match c {
            '"'
            | '\''
            | '\n'
            | '\r'
            | '}'
            | ']'
            | '{'
            | '['
            | ','
            | '#'
            | '<'
            | '.'
            | '\u{2026}'
            | '-'
            | '0'..='9' => true,
            '/' => matches!(self.byte(at + 1), Some(b'/' | b'*')),
            't' | 'f' | 'n' => {
                let rest = self.text.get(at..).unwrap_or_default();
                ["true", "false", "null"]
                    .iter()
                    .any(|word| rest.starts_with(word) && self.ends_value(self.after_blanks(at + word.len())))
            }
            c => plain(c).is_some_and(|plain| plain != '-'),
        }
    }

    /// The line ends inside the string. `true` if the string ends there, `false` if it goes on in the next line.
    fn line_break(&mut self, open: usize, segment: usize, text: &mut String) -> bool {
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
    fn is_name_without_quote(&self, text: &str) -> bool {
        let is_name = !self.after_colon() && !self.in_array();
        is_name && text.split_once(':').is_some_and(|(name, value)| is_simple(name) && is_plain_value(value))
    }

    /// The closing quote was forgotten on the line that ends at `end`.
    fn forgotten(&mut self, open: usize, end: usize, text: &mut String) -> bool {
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
    fn forgotten_at_end(&mut self, open: usize, text: &mut String) -> bool {
        self.at = self.text.len();
        let Kind::Text(kept) = self.cut(open, std::mem::take(text)) else { return true };
        *text = kept.into_owned();
        true
    }

    /// The text ends inside the string. If it ends with the brackets that are open, only the quote is missing.
    fn cut(&mut self, open: usize, mut text: String) -> Kind<'a> {
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

/// What a member's name looks like.
fn is_simple(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 80
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// What stands after a name at the end of a line, without a quote in it.
fn is_plain_value(text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    let text = text.trim().trim_end_matches(',').trim_end();
    matches!(text, "" | "{" | "[" | "{}" | "[]" | "true" | "false" | "null") || text.parse::<f64>().is_ok()
}

fn missing_quote(open: usize, end: usize) -> Finding {
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
