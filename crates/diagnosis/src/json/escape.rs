//! Escapes (RFC 8259 §7).

use super::lexer::Lexer;
use crate::DiagnosticKind;
use crate::finding::Finding;

impl Lexer<'_> {
    /// Reads the `\` that stands here, and what it escapes.
    pub(super) fn escape(&mut self, text: &mut String) {
        let start = self.at;
        self.at += 1;
        let next = self.char_at(self.at);
        let escaped = match next {
            Some(c @ ('"' | '\\' | '/')) => Some(c),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => {
                let unicode = self.unicode_escape(start);
                if unicode.is_none() {
                    self.broken(start, false);
                    self.at += 1;
                    return;
                }
                unicode
            }
            _ => None,
        };
        match (escaped, next) {
            (Some(c), Some('u')) => text.push(c),
            (Some(c), _) => {
                self.at += 1;
                text.push(c);
            }
            // The `\` of a shell, at the end of a line: the line break is the mistake.
            (None, Some('\n' | '\r')) => {
                self.findings.add(|| {
                    let message = "a `\\` ends this line inside a string";
                    Finding::new(DiagnosticKind::BadEscape, start..start + 1, message, "remove it").remove()
                });
            }
            (None, Some('\'')) => {
                text.push('\'');
                self.at += 1;
                self.findings.add(|| {
                    let message = "JSON does not escape `'`";
                    Finding::new(DiagnosticKind::BadEscape, start..start + 2, message, "write `'` alone")
                        .edit(start..start + 1, "")
                });
            }
            (None, _) => {
                self.broken(start, next.is_some());
                text.push('\\');
            }
        }
    }

    fn broken(&mut self, start: usize, is_backslash: bool) {
        let digits = if is_backslash { 0 } else { 4 };
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let digits = rest.bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
        let end = self.at + self.char_at(self.at).map_or(0, char::len_utf8) + digits;
        self.findings.add(|| {
            let message = "this `\\` does not begin an escape that JSON has";
            let help = if is_backslash {
                "write `\\\\` for a backslash"
            } else {
                "write four hexadecimal digits after `\\u`"
            };
            let finding = Finding::new(DiagnosticKind::BadEscape, start..end, message, help);
            // What begins with `\u` was meant as a character, not as a backslash.
            if is_backslash { finding.edit(start..start + 1, "\\\\") } else { finding }
        });
    }

    /// The character of `\uXXXX`, or of two of them that make one (RFC 8259 §7); `self.at` is at the `u`.
    fn unicode_escape(&mut self, start: usize) -> Option<char> {
        let first = self.four_digits(start + 2)?;
        if !(0xd800..0xe000).contains(&first) {
            self.at = start + 6;
            return char::from_u32(first);
        }
        let pair = self.text.get(start + 6..start + 8) == Some("\\u");
        let second =
            self.four_digits(start + 8).filter(|second| pair && (0xdc00..0xe000).contains(second))?;
        let c = char::from_u32(0x10000 + ((first.checked_sub(0xd800)?) << 10) + (second - 0xdc00))?;
        self.at = start + 12;
        Some(c)
    }

    fn four_digits(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hexadecimal.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    }
}
