//! From a text to commands and their words.

use your_moms_core::text::leading_placeholder;

use super::without_prompt;
use super::word::Word;
use crate::DiagnosticKind;
use crate::finding::{Finding, Findings};
use crate::text::typography::{plain, typographic};

/// So many words are read. Nobody writes more by hand, and each costs much more than its letters.
const MOST_WORDS: usize = 20_000;

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
    pub(super) end: usize,
    pub(super) findings: Findings,
    commands: Vec<Command>,
    pub(super) command: Command,
    /// The delimiter of a here-document that begins with the next line.
    pub(super) here: Option<String>,
    /// Whether the commands stand behind prompts: lines without one are then what a command printed.
    pub(super) prompted: bool,
    pub(super) stopped: bool,
    next: usize,
    /// Whether a word of the command is a URL.
    pub(super) has_url: bool,
    /// How many words were read, of all commands.
    words: usize,
    /// Whether the command goes on at a place, if that was asked already: lines may be blank.
    pub(super) answer: (usize, bool),
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
            words: 0,
            answer: (usize::MAX, false),
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

    pub(super) fn finish(&mut self) {
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
    pub(super) fn prompt(&mut self) {
        let line = self.line(self.at);
        let blanks = line.len() - line.trim_start().len();
        let after = without_prompt(line);
        let prompt = line.get(blanks..line.len() - after.len()).unwrap_or_default();
        let begins = self.command.words.is_empty() && !prompt.is_empty();
        let goes_on = !self.command.words.is_empty() && prompt.trim() == ">";
        if begins || goes_on {
            self.prompted |= begins;
            self.at += blanks + prompt.len();
        }
    }

    fn step(&mut self) {
        let Some(c) = self.peek() else {
            self.stopped = true;
            return;
        };
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

    pub(super) fn ends_word(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_none_or(u8::is_ascii_whitespace)
    }

    /// Where the line ends, if nothing but blanks stands between `at` and its end.
    pub(super) fn blank_until(&self, mut at: usize) -> Option<usize> {
        while matches!(self.text.as_bytes().get(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        matches!(self.text.as_bytes().get(at), None | Some(b'\n')).then_some(at)
    }

    /// What follows, from its first character that is not blank on. Looked for once, however many lines are blank.
    pub(super) fn next_word(&mut self) -> &'a str {
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

    fn word(&mut self) {
        let start = self.at;
        self.words += 1;
        if self.words > MOST_WORDS {
            self.stopped = true;
            self.findings.add(|| {
                let message = "there are more than 20000 words before this one; what follows is not read";
                Finding::new(DiagnosticKind::Unexpected, start..start, message, "check a shorter text")
            });
            return;
        }
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
                '$' if self.rest().starts_with("$'") => self.ansi_c(&mut word),
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
        self.has_url =
            self.has_url || memchr::memchr(b':', word.text.as_bytes()).is_some() && word.text.contains("://");
        self.command.words.push(word);
    }

    fn push_source(&mut self, word: &mut Word, length: usize) {
        for (offset, c) in self.rest().get(..length).unwrap_or_default().char_indices() {
            word.push(c, self.at + offset, None);
        }
        self.at += length;
    }

    /// `$'…'`, where `\'` is a quote. What it says is not looked into.
    fn ansi_c(&mut self, word: &mut Word) {
        let inside = self.rest().get(2..).unwrap_or_default();
        let mut escaped = false;
        let end = inside.find(|c| {
            let ends = c == '\'' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        // Without its end it is read as any other quote, which says so.
        match end {
            Some(end) => self.push_source(word, end + 3),
            None => self.push_source(word, 1),
        }
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
            let message = format!("without quotes, the shell reads this `{c}` as an operator");
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
