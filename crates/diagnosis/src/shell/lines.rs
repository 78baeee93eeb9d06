//! The ends of lines: whether a command goes on behind them, and whether it should.

use super::reader::Reader;
use super::{begins_command, is_curl, without_prompt};
use crate::DiagnosticKind;
use crate::finding::Finding;
use crate::text::typography::plain;

impl Reader<'_> {
    /// `\` at the end of a line. `false` if it is another one.
    pub(super) fn continuation(&mut self) -> bool {
        let start = self.at;
        let Some(line_end) = self.blank_until(start + 1) else { return false };
        let line = self.text.get(start + 1..line_end).unwrap_or_default();
        let content = start + 1 + line.trim_end_matches('\r').len();
        if content >= self.end {
            self.at = self.end;
            self.findings.add(|| {
                let message = "nothing follows this `\\`; the shell waits for more";
                let before = self.text.get(..start).unwrap_or_default().trim_end_matches([' ', '\t']).len();
                Finding::new(DiagnosticKind::DanglingBackslash, start..start + 1, message, "remove it")
                    .edit(before..self.text.trim_end().len(), "")
            });
            return true;
        }
        if content > start + 1 {
            self.findings.add(|| {
                let message = "trailing whitespace after the `\\`, so the command ends here";
                Finding::new(DiagnosticKind::SpaceAfterBackslash, start + 1..content, message, "remove it")
                    .remove()
            });
        }
        self.at = (line_end + 1).min(self.text.len());
        self.prompt();
        true
    }

    pub(super) fn comment(&mut self) {
        let start = self.at;
        let length = self.line(start).len();
        self.at += length;
        if self.is_curl() && self.goes_on() {
            let end = (self.at + 1).min(self.text.len());
            self.findings.add(|| {
                let message = "the command ends with this comment, and more of it follows";
                Finding::new(DiagnosticKind::Comment, start..start + length, message, "remove the comment")
                    .edit(start..end, "")
            });
            self.at = end;
        }
    }

    /// Whether the text from the next word on is more of this command. Asked once for all blank lines before it.
    fn goes_on(&mut self) -> bool {
        let next = self.next_word();
        let place = self.text.len() - next.len();
        if self.answer.0 != place {
            self.answer = (place, self.is_more(next));
        }
        self.answer.1
    }

    fn is_more(&self, next: &str) -> bool {
        let line =
            next.get(..memchr::memchr(b'\n', next.as_bytes()).unwrap_or(next.len())).unwrap_or_default();
        if line.is_empty() || begins_command(line) || line.starts_with('#') || line.starts_with("HTTP/") {
            return false;
        }
        let dashed = line.starts_with('-') || line.chars().next().and_then(plain) == Some('-');
        if dashed
            || line.starts_with(['\'', '"', '@'])
            || line.starts_with("http")
            || line.chars().next().is_some_and(|c| plain(c).is_some())
        {
            return true;
        }
        let waits = self.command.words.last().is_some_and(|word| word.text.starts_with('-'));
        waits || !self.has_url
    }

    /// The end of a line outside quotes.
    pub(super) fn newline(&mut self) {
        let end = self.at;
        self.at += 1;
        if let Some(delimiter) = self.here.take() {
            self.here_body(&delimiter);
            return;
        }
        if self.command.words.is_empty() {
            self.prompt();
            return;
        }
        let line_start = memchr::memrchr(b'\n', self.text.as_bytes().get(..end).unwrap_or_default())
            .map_or(0, |at| at + 1);
        let next = self.next_word();
        let line = self.text.get(line_start..end).unwrap_or_default();
        if self.is_curl() && self.goes_on() {
            if line.trim().is_empty() {
                self.findings.add(|| {
                    let message = "the command ends with this empty line, and more of it follows";
                    let finding = Finding::new(
                        DiagnosticKind::MissingBackslash,
                        line_start..line_start,
                        message,
                        "remove the empty line",
                    );
                    finding.edit(line_start..end + 1, "")
                });
            } else {
                let at = line_start + line.trim_end().len();
                self.findings.add(|| {
                    let message = "the command ends with this line, and more of it follows";
                    // What is blank at the end of the line must not come to stand after the `\`.
                    let rest = at..line_start + line.trim_end_matches('\r').len();
                    Finding::new(
                        DiagnosticKind::MissingBackslash,
                        at..at,
                        message,
                        "write ` \\` at the end of the line",
                    )
                    .edit(rest, " \\")
                });
            }
            self.prompt();
            return;
        }
        let was_curl = self.is_curl();
        self.finish();
        let first =
            next.get(..memchr::memchr(b'\n', next.as_bytes()).unwrap_or(next.len())).unwrap_or_default();
        let command = begins_command(first) || first.starts_with('#') || is_curl(without_prompt(first));
        // What follows a whole command and is none is what it printed.
        if was_curl && !command && !first.is_empty() {
            self.stopped = true;
        }
        self.prompt();
    }
}
