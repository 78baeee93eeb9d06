//! Pipes, lists, redirections and here-documents (XCU 2.7 and 2.9).

use super::reader::Reader;
use super::word::Word;

impl Reader<'_> {
    /// Another command follows on the line.
    pub(super) fn operator(&mut self, length: usize) {
        self.at += length;
        self.finish();
    }

    /// `> file`: not a placeholder, and not the end of one.
    pub(super) fn is_redirection(&self) -> bool {
        let rest = self.rest().trim_start_matches('>');
        rest.starts_with([' ', '/', '.', '&']) || rest.starts_with(|c: char| c.is_alphanumeric())
    }

    /// Skips `> file` or `< file`.
    pub(super) fn redirection(&mut self) {
        let rest = self.rest();
        let after = rest.trim_start_matches(['<', '>', '&']).trim_start_matches([' ', '\t']);
        let name = after.find(char::is_whitespace).unwrap_or(after.len());
        self.at += rest.len() - after.len() + name;
    }

    /// `<<NAME`: what follows the line, up to `NAME`, is the command's input.
    pub(super) fn here_document(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix("<<").filter(|rest| !rest.starts_with('<')) else {
            return false;
        };
        let name = rest.trim_start_matches('-').trim_start_matches(' ');
        let skipped = self.rest().len() - name.len();
        let quote = name.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let inside = quote.and_then(|quote| name.strip_prefix(quote)).unwrap_or(name);
        let length = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inside.len());
        let after = inside.get(length..).unwrap_or_default();
        if length == 0 || after.starts_with('>') {
            return false;
        }
        self.here = inside.get(..length).map(str::to_owned);
        // What an editor put in place of the closing quote is longer than a byte, and no part of this.
        let is_closed = quote.is_some_and(|quote| after.starts_with(quote));
        self.at += skipped + usize::from(quote.is_some()) + length + usize::from(is_closed);
        true
    }

    /// The body of a here-document.
    pub(super) fn here_body(&mut self, delimiter: &str) {
        let start = self.at;
        let mut word = Word::begin(start);
        while self.at < self.text.len() {
            let line = self.line(self.at);
            if line.trim() == delimiter {
                break;
            }
            for (offset, c) in line.char_indices() {
                word.push(c, self.at + offset, Some('\u{0}'));
            }
            word.push('\n', self.at + line.len(), Some('\u{0}'));
            self.at = (self.at + line.len() + 1).min(self.text.len());
        }
        word.span = start..self.at;
        self.command.input = Some(word);
        self.at = (self.at + self.line(self.at).len()).min(self.text.len());
    }
}
