//! Where a value begins and ends, in a text that may be broken.

use std::ops::Range;

use super::{Scan, is_quote};

/// A comment that stands between a name and its value is not longer than this.
const LONGEST_COMMENT: usize = 1024;

/// A URL's host and what stands before it are not longer than this.
const LONGEST_AUTHORITY: usize = 512;

/// The value that belongs to a name stands no further away.
const NEAR: usize = 512;

impl Scan<'_> {
    /// The value of the name at `span`.
    pub(super) fn value(&self, span: &Range<usize>) -> Option<(usize, usize)> {
        let start = self.value_after(span.end).or_else(|| self.value_after_comma(span))?;
        if let Some(list) = self.rest(start).strip_prefix('[') {
            let end = list.find(']').unwrap_or(list.len());
            return Some((start + 1, start + 1 + end));
        }
        let before = self.text.get(..start).unwrap_or_default();
        let name_is_quoted = self.rest(span.end).starts_with(is_quote);
        if before.ends_with(is_quote) || !name_is_quoted && !self.begins_line(span.start) {
            return Some((start, self.value_end(start)));
        }
        if ["true", "false", "null"].iter().any(|word| self.rest(start).starts_with(word)) {
            return None;
        }
        // Text without quotes may go on behind a space.
        let rest = self.rest(start);
        let end =
            rest.find(|c: char| matches!(c, ',' | '}' | ']' | '\n') || is_quote(c)).unwrap_or(rest.len());
        Some((start, start + rest.get(..end).unwrap_or_default().trim_end().len()))
    }

    fn begins_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// Where the value of the name begins that ends at `at`: behind quotes, a `:` or `=`, comments and line breaks.
    pub(super) fn value_after(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let after = rest.trim_start_matches(|c: char| is_quote(c) || c == '\\' || c == ']');
        let separated = skip_blanks(after);
        let closed = rest.len() > after.len();
        let encoded = ["%3D", "%3d", "%3A", "%3a"];
        let value = separated
            .strip_prefix([':', '='])
            .or_else(|| encoded.iter().find_map(|sign| separated.strip_prefix(sign)))
            .or_else(|| separated.strip_prefix(';').filter(|_| closed))
            // Between the two quotes of a name and its value the colon may be forgotten.
            .or_else(|| separated.starts_with(is_quote).then_some(separated).filter(|_| closed))?;
        // `::` and `=>`
        let value = value.trim_start_matches([':', '=']);
        let value =
            skip_blanks(value.strip_prefix('>').filter(|_| closed).unwrap_or(value)).trim_start_matches('\\');
        let value = value.strip_prefix(is_quote).unwrap_or(value);
        let value = value.strip_prefix("\\\"").unwrap_or(value);
        // YAML: the text begins with the next line.
        let block = value
            .strip_prefix(['>', '|'])
            .filter(|rest| rest.trim_start_matches(['-', '+']).starts_with(['\n', '\r']));
        let value = block.map_or(value, |rest| rest.trim_start_matches(['-', '+']).trim_start());
        let start = self.text.len() - value.len();
        (!value.starts_with('{')).then_some(start)
    }

    /// `{"password", "…"}`: a comma in place of the colon, if the name stands where one must.
    fn value_after_comma(&self, span: &Range<usize>) -> Option<usize> {
        let before = self.text.get(..span.start)?.strip_suffix(is_quote)?.trim_end();
        let is_member = before.is_empty() || before.ends_with(['{', ',']);
        let rest = self.rest(span.end).strip_prefix(is_quote)?.trim_start().strip_prefix(',')?;
        let value = rest.trim_start().strip_prefix(is_quote).filter(|_| is_member)?;
        let end = value.find(|c| c == '\n' || is_quote(c))?;
        let is_name = value.get(end..)?.trim_start_matches(is_quote).trim_start().starts_with(':');
        (!is_name).then_some(self.text.len() - value.len())
    }

    /// `<password>…</password>`
    pub(super) fn element(&self, span: &Range<usize>) -> Option<(usize, usize)> {
        let start = span.end + 1;
        let opened = self.text.get(..span.start)?.ends_with('<');
        let value = self.rest(span.end).strip_prefix('>').filter(|_| opened)?;
        let end = value.find('<')?;
        value.get(end..)?.starts_with("</").then_some((start, start + end))
    }

    /// `://me:secret@host`
    pub(super) fn userinfo(&self, at: usize) -> Option<(usize, usize)> {
        // What stands between may be misspelt: `;//`.
        let rest = self.rest(at).trim_start_matches([':', ';', '.', ',', '/']);
        let ends = |c: char| matches!(c, '/' | '?' | '#') || c.is_whitespace() || is_quote(c);
        // Most URLs name no user; this is the cheapest way to know.
        let head = rest.as_bytes().get(..LONGEST_AUTHORITY).unwrap_or(rest.as_bytes());
        memchr::memchr(b'@', head)?;
        let mut near = rest.char_indices().chain([(rest.len(), ' ')]).take(LONGEST_AUTHORITY);
        let (end, _) = near.find(|(_, c)| ends(*c))?;
        let authority = rest.get(..end)?;
        let (user, _) = authority.rsplit_once('@')?;
        let start = self.text.len() - rest.len();
        Some((start + user.find(':')? + 1, start + user.len()))
    }

    /// Whether a secret was named just before.
    pub(super) fn is_named(&self, at: usize) -> bool {
        let between = self.named.filter(|named| at.saturating_sub(*named) < NEAR);
        between.and_then(|named| self.text.get(named..at)).is_some_and(|between| !between.contains('}'))
    }

    /// The end of a header's value.
    pub(super) fn line_end(&self, start: usize) -> usize {
        let rest = self.rest(start);
        start + rest.find(|c| c == '\n' || is_quote(c)).unwrap_or(rest.len())
    }

    pub(super) fn argument_end(&self, start: usize, quote: Option<char>) -> usize {
        let rest = self.rest(start);
        let ends = |c: char| if quote.is_some() { is_quote(c) || c == '\n' } else { c.is_whitespace() };
        start + rest.find(ends).unwrap_or(rest.len())
    }

    /// The end of a secret that is one word.
    pub(super) fn bare_end(&self, start: usize) -> usize {
        let rest = self.rest(start);
        start + rest.find(|c: char| c.is_whitespace() || c == ',' || is_quote(c)).unwrap_or(rest.len())
    }

    /// The end of a value: its quote, or what ends a value without one. Where the quote is forgotten, the value may go on in
    /// the next line, and is hidden there too.
    fn value_end(&self, start: usize) -> usize {
        let quoted = self.text.get(..start).is_some_and(|before| before.ends_with(is_quote));
        let rest = self.rest(start);
        if !quoted {
            let end = rest.find(|c: char| {
                c.is_whitespace() || matches!(c, ',' | '&' | '}' | ']' | '#' | ';') || is_quote(c)
            });
            let value = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            // A query within a query is percent-encoded.
            return start + value.find("%26").unwrap_or(value.len());
        }
        let mut end = 0;
        let mut escaped = false;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            end = at;
            if std::mem::take(&mut escaped) {
                continue;
            }
            if c == '\\' {
                if matches!(chars.peek(), Some((_, '"'))) && self.ends_here(start + at + 2) {
                    return start + at;
                }
                escaped = true;
                continue;
            }
            if is_quote(c) && self.ends_here(start + at + c.len_utf8()) {
                return start + at;
            }
            if c == '\n' && self.is_next_line_another(start + at + 1) {
                return start + rest.get(..at).unwrap_or_default().trim_end_matches(['\r', ' ', ',']).len();
            }
            end = at + c.len_utf8();
        }
        start + end
    }

    /// Whether a value ends before `at`.
    fn ends_here(&self, at: usize) -> bool {
        let next = self.rest(at).trim_start_matches([' ', '\t']).chars().next();
        next.is_none_or(|c| {
            matches!(c, ',' | '}' | ']' | ':' | '\n' | '\r' | '"' | '\'' | '\\' | ';') || is_quote(c)
        })
    }

    /// Whether a line begins with a member or a bracket.
    fn is_next_line_another(&self, at: usize) -> bool {
        let line = self.rest(at).trim_start_matches([' ', '\t']);
        line.starts_with(['}', ']', '{', '[', '-']) || line.starts_with(is_quote)
    }
}

/// `text` without the blanks it begins with, and without comments before a quote: without one they may be the value.
fn skip_blanks(text: &str) -> &str {
    let trimmed = text.trim_start();
    let mut rest = trimmed;
    loop {
        let close = match rest.as_bytes() {
            [b'/', b'*', ..] => "*/",
            [b'/', b'/', ..] | [b'#', ..] => "\n",
            _ => break,
        };
        let near = rest.as_bytes().get(..LONGEST_COMMENT).unwrap_or(rest.as_bytes());
        let end = memchr::memmem::find(near, close.as_bytes());
        match end.and_then(|end| rest.get(end + close.len()..)) {
            Some(after) => rest = after.trim_start(),
            None => break,
        }
    }
    if rest.starts_with(is_quote) { rest } else { trimmed }
}
