//! From a text to commands and their words.

use your_moms_core::text::leading_placeholder;

use super::word::Word;
use super::{begins_command, is_curl, without_prompt};
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};
use crate::text::typography::{plain, typographic};

/// A simple command.
#[derive(Debug, Default)]
pub(crate) struct Command {
    pub(crate) words: Vec<Word>,
    /// The here-document that is its input.
    pub(crate) input: Option<Word>,
}

pub(crate) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Where the text ends, without its trailing whitespace.
    end: usize,
    pub(super) findings: Findings,
    commands: Vec<Command>,
    pub(super) command: Command,
    /// The delimiter of a here-document that begins with the next line.
    here: Option<String>,
    /// Whether the commands stand behind prompts: lines without one are then what a command printed.
    pub(super) prompted: bool,
    stopped: bool,
    next: usize,
    /// Whether a word of the command is a URL.
    has_url: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            end: text.trim_end().len(),
            findings: Findings::default(),
            commands: Vec::new(),
            command: Command::default(),
            here: None,
            prompted: false,
            stopped: false,
            next: 0,
            has_url: false,
        }
    }

    pub(crate) fn run(mut self) -> (Vec<Command>, Findings) {
        self.prompt();
        while self.at < self.end && !self.stopped {
            self.step();
        }
        self.finish();
        (self.commands, self.findings)
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at)? {
            byte if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.rest().chars().next(),
        }
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The line that begins or goes on at `at`.
    pub(super) fn line(&self, at: usize) -> &'a str {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default()
    }

    fn finish(&mut self) {
        let command = std::mem::take(&mut self.command);
        self.has_url = false;
        if !command.words.is_empty() {
            self.commands.push(command);
        }
    }

    pub(super) fn is_curl(&self) -> bool {
        self.command.words.first().is_some_and(|word| word.text == "curl")
    }

    /// Skips the prompt at the beginning of a line.
    fn prompt(&mut self) {
        let line = self.line(self.at);
        let blanks = line.len() - line.trim_start().len();
        let after = without_prompt(line);
        let prompt = line.get(blanks..line.len() - after.len()).unwrap_or_default();
        let begins = self.command.words.is_empty() && matches!(prompt.trim(), "$" | "%" | ">");
        let goes_on = !self.command.words.is_empty() && prompt.trim() == ">";
        if begins || goes_on {
            self.prompted |= begins;
            self.at += blanks + prompt.len();
        }
    }

    fn step(&mut self) {
        let Some(c) = self.peek() else { return };
        let at = self.at;
        match c {
            ' ' | '\t' | '\r' => self.at += 1,
            '\n' => self.newline(),
            '\\' if self.continuation() => {}
            '#' => self.comment(),
            '|' => self.operator(1),
            '&' if self.ends_word(at + 1) || self.rest().starts_with("&&") => {
                self.operator(if self.rest().starts_with("&&") { 2 } else { 1 });
            }
            ';' if self.ends_word(at + 1) => self.operator(1),
            '<' if self.here_document() => {}
            '>' if self.is_redirection() => self.redirection(),
            '<' if leading_placeholder(self.rest()).is_none() && self.ends_word(at + 1) => {
                self.redirection();
            }
            _ if plain(c) == Some(' ') => {
                self.at += c.len_utf8();
                self.findings.add(|| typographic(at, c, ' ', "a shell"));
            }
            _ => self.word(),
        }
    }

    fn ends_word(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_none_or(u8::is_ascii_whitespace)
    }

    /// Another command follows on the line.
    fn operator(&mut self, length: usize) {
        self.at += length;
        self.finish();
    }

    /// `> file`: not a placeholder, and not the end of one.
    fn is_redirection(&self) -> bool {
        let rest = self.rest().trim_start_matches('>');
        rest.starts_with([' ', '/', '.', '&']) || rest.starts_with(|c: char| c.is_alphanumeric())
    }

    /// Skips `> file` or `< file`.
    fn redirection(&mut self) {
        let rest = self.rest();
        let after = rest.trim_start_matches(['<', '>', '&']).trim_start_matches([' ', '\t']);
        let name = after.find(char::is_whitespace).unwrap_or(after.len());
        self.at += rest.len() - after.len() + name;
    }

    /// `<<NAME`: what follows the line, up to `NAME`, is the command's input.
    fn here_document(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix("<<").filter(|rest| !rest.starts_with('<')) else {
            return false;
        };
        let name = rest.trim_start_matches('-').trim_start_matches(' ');
        let skipped = self.rest().len() - name.len();
        let quoted = name.starts_with(['\'', '"']);
        let inside = name.trim_start_matches(['\'', '"']);
        let length = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inside.len());
        if length == 0 || inside.get(length..).is_some_and(|rest| rest.starts_with('>')) {
            return false;
        }
        self.here = inside.get(..length).map(str::to_owned);
        self.at += skipped + length + if quoted { 2 } else { 0 };
        true
    }

    /// The body of a here-document.
    fn here_body(&mut self, delimiter: &str) {
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

    /// Where the line ends, if nothing but blanks stands between `at` and its end.
    pub(super) fn blank_until(&self, mut at: usize) -> Option<usize> {
        while matches!(self.text.as_bytes().get(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        matches!(self.text.as_bytes().get(at), None | Some(b'\n')).then_some(at)
    }

    /// What follows, from its first character that is not blank on. Looked for once, however many lines are blank.
    fn next_word(&mut self) -> &'a str {
        if self.next < self.at {
            let rest = self.rest();
            self.next = self.at + rest.len() - rest.trim_start().len();
        }
        self.text.get(self.next..).unwrap_or_default()
    }

    /// Reads again from a place before this one.
    pub(super) fn go_back(&mut self, at: usize) {
        self.at = at;
        self.next = 0;
    }

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

    fn comment(&mut self) {
        let start = self.at;
        let length = self.line(start).len();
        self.at += length;
        let next = self.next_word();
        if self.is_curl() && self.goes_on(next) {
            let end = (self.at + 1).min(self.text.len());
            self.findings.add(|| {
                let message = "the command ends with this comment, and more of it follows";
                Finding::new(DiagnosticKind::Comment, start..start + length, message, "remove the comment")
                    .edit(start..end, "")
            });
            self.at = end;
        }
    }

    /// Whether `next`, the text from the next word on, is more of this command.
    fn goes_on(&self, next: &str) -> bool {
        let line =
            next.get(..memchr::memchr(b'\n', next.as_bytes()).unwrap_or(next.len())).unwrap_or_default();
        if line.is_empty() || begins_command(line) || line.starts_with('#') {
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
        waits || !self.has_url && !line.starts_with("HTTP/")
    }

    /// The end of a line outside quotes.
    fn newline(&mut self) {
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
        if self.is_curl() && self.goes_on(next) {
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

    fn word(&mut self) {
        let start = self.at;
        let mut word = Word::begin(start);
        let mut end = None;
        while let Some(c) = self.peek() {
            let at = self.at;
            match c {
                ' ' | '\t' | '\n' | '\r' => break,
                '|' if at > start => break,
                '&' | ';' if self.ends_word(at + 1) => break,
                _ if plain(c) == Some(' ') => break,
                '\\' if self.continuation() => {
                    end = Some(at);
                    break;
                }
                '\\' => {
                    self.at += 1;
                    if let Some(next) = self.peek() {
                        word.push_longer(next, at, None, 1);
                        self.at += next.len_utf8();
                    }
                }
                '\'' | '"' => self.quoted(&mut word, c),
                _ if plain(c).is_some_and(|plain| plain == '"' || plain == '\'') => self.quoted(&mut word, c),
                '$' if self.rest().starts_with("$(") => {
                    let line = self.line(at);
                    let length = line.find(')').map_or(line.len(), |end| end + 1);
                    self.push_source(&mut word, length);
                }
                '<' | '{' | '\u{2026}' if self.placeholder(&mut word) => {}
                '&' | ';' | '<' | '>' | '(' | ')' => {
                    word.push(c, at, None);
                    self.at += 1;
                    self.unquoted(at, c);
                }
                _ if plain(c) == Some('-') => {
                    self.at += c.len_utf8();
                    let more = self.line(self.at).chars().take_while(char::is_ascii_lowercase).count();
                    // An editor makes one dash of two.
                    let two = at == start && more > 1;
                    word.push_longer('-', at, None, c.len_utf8() - 1);
                    if two {
                        word.push_longer('-', at, None, c.len_utf8() - 1);
                    }
                    self.findings.add(|| {
                        let finding = typographic(at, c, '-', "a shell");
                        if two { finding.replace("--") } else { finding }
                    });
                }
                c => {
                    word.push(c, at, None);
                    self.at += c.len_utf8();
                }
            }
        }
        word.span = start..end.unwrap_or(self.at);
        word.quote = self
            .char_at(start)
            .filter(|c| matches!(c, '\'' | '"') || plain(*c).is_some_and(|plain| plain != '-'));
        self.has_url |= word.text.contains("://");
        self.command.words.push(word);
    }

    fn push_source(&mut self, word: &mut Word, length: usize) {
        for (offset, c) in self.rest().get(..length).unwrap_or_default().char_indices() {
            word.push(c, self.at + offset, None);
        }
        self.at += length;
    }

    /// A placeholder without quotes is one part of a word, whatever is in it.
    fn placeholder(&mut self, word: &mut Word) -> bool {
        let Some(end) = leading_placeholder(self.rest()) else { return false };
        self.push_source(word, end);
        true
    }

    fn unquoted(&mut self, at: usize, c: char) {
        if c == ';' && self.rest().starts_with("//") {
            return;
        }
        self.findings.add(|| {
            let message = format!("a shell takes this `{c}` for an operator");
            Finding::new(
                DiagnosticKind::Unquoted,
                at..at + 1,
                message,
                "put the whole argument in `'` quotes",
            )
            .replace(format!("\\{c}"))
        });
    }
}
