//! Whether a quote can be the one that ends a string: what stands before it, and what follows.

use super::lexer::Lexer;
use crate::text::typography::plain;

impl Lexer<'_> {
    /// Whether another `"` stands on this line.
    pub(super) fn quote_follows(&self, at: usize) -> bool {
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
    pub(super) fn should_have_ended(&self, text: &str, after: usize) -> Option<usize> {
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
    pub(super) fn may_follow_comma(&self, at: usize) -> bool {
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
}

/// What a member's name looks like.
pub(super) fn is_simple(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 80
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// What stands after a name at the end of a line, without a quote in it.
pub(super) fn is_plain_value(text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    let text = text.trim().trim_end_matches(',').trim_end();
    matches!(text, "" | "{" | "[" | "{}" | "[]" | "true" | "false" | "null") || text.parse::<f64>().is_ok()
}
