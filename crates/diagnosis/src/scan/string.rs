//! Strings and their escapes (RFC 8259 §7).

use super::Scanner;
use crate::DiagnosticKind;
use crate::finding::Finding;

impl Scanner<'_> {
    /// Reads the string that begins here.
    pub(super) fn string(&mut self) -> Result<String, Finding> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.peek() else {
                let message = "this string is never closed";
                return Err(Finding::new(
                    DiagnosticKind::NeverClosed,
                    start..start + 1,
                    message,
                    "write `\"` at its end",
                ));
            };
            let at = self.at;
            self.at += c.len_utf8();
            match c {
                '"' => {
                    self.last_string = Some(start..self.at);
                    return Ok(text);
                }
                '\\' => text.push(self.escape(at)?),
                '\n' | '\r' => {
                    if let Some(finding) = self.curly_quote(start + 1, at) {
                        return Err(finding);
                    }
                    let message = "the line ends inside this string";
                    let help = "close the string with `\"` before the end of the line; write `\\n` for a line break in it";
                    return Err(Finding::new(DiagnosticKind::LineBreakInString, start..at, message, help));
                }
                c if c < ' ' => {
                    let message = "a control character stands inside this string";
                    let help = "take it out; write `\\t` for a tab";
                    return Err(Finding::new(DiagnosticKind::ControlCharacter, at..self.at, message, help)
                        .replace(if c == '\t' { "\\t" } else { "" }));
                }
                c => text.push(c),
            }
        }
    }

    /// What follows a `\` that stands at `start`.
    fn escape(&mut self, start: usize) -> Result<char, Finding> {
        let next = self.peek();
        self.at += next.map_or(0, char::len_utf8);
        let escaped = match next {
            Some(c @ ('"' | '\\' | '/')) => Some(c),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => self.unicode_escape(),
            _ => None,
        };
        escaped.ok_or_else(|| {
            let message = "this `\\` begins no escape of JSON";
            let finding = Finding::new(
                DiagnosticKind::BadEscape,
                start..self.at,
                message,
                "write `\\\\` for a backslash",
            );
            // What begins with `\u` was meant as a character, not as a backslash.
            if next == Some('u') { finding } else { finding.edit(start..start + 1, "\\\\") }
        })
    }

    /// The four digits of `\uXXXX`, or of two of them that make one character (RFC 8259 §7).
    fn unicode_escape(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !(self.take('\\') && self.take('u')) {
            return None;
        }
        let second = self.four_digits().filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(number)
    }
}
