//! A word of a command, as the shell passes it on, and where each part of it stands.

use std::ops::Range;

/// A word. `text` is what the command gets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Where it stands, with its quotes.
    pub(crate) span: Range<usize>,
    /// How it begins.
    pub(crate) quote: Option<char>,
    /// The parts that stand in the source as they are in `text`: where each begins in both, and the quotes around it.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    text: usize,
    source: usize,
    quote: Option<char>,
    /// How many bytes more its first character takes in the source: a `\` before it, or the rest of a dash.
    extra: usize,
}

impl Word {
    pub(crate) fn begin(at: usize) -> Self {
        Self { span: at..at, ..Self::default() }
    }

    /// Adds `c`, which stands at `source`, within `quote`.
    pub(crate) fn push(&mut self, c: char, source: usize, quote: Option<char>) {
        let follows = self.pieces.last().is_some_and(|piece| {
            piece.quote == quote && source - piece.source.min(source) == self.text.len() - piece.text
        });
        if !follows {
            self.pieces.push(Piece { text: self.text.len(), source, quote, extra: 0 });
        }
        self.text.push(c);
    }

    /// Adds `c`, which takes `extra` bytes more at `source` than by itself.
    pub(crate) fn push_longer(&mut self, c: char, source: usize, quote: Option<char>, extra: usize) {
        self.pieces.push(Piece { text: self.text.len(), source, quote, extra });
        self.text.push(c);
    }

    fn piece(&self, at: usize) -> Option<Piece> {
        let behind = self.pieces.partition_point(|piece| piece.text <= at);
        self.pieces.get(behind.checked_sub(1)?).copied()
    }

    /// Where the character at `at` of the text stands in the source.
    fn source(&self, at: usize) -> usize {
        self.piece(at).map_or(self.span.start, |piece| piece.source + (at - piece.text))
    }

    /// Where the character that ends before `at` of the text ends in the source.
    fn source_end(&self, at: usize) -> usize {
        let last = (0..at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or_default();
        let extra = self.piece(last).filter(|piece| piece.text == last).map_or(0, |piece| piece.extra);
        self.source(last) + (at - last) + extra
    }

    /// Where a part of the text stands in the source.
    pub(crate) fn place(&self, part: Range<usize>) -> Range<usize> {
        if part.is_empty() {
            // Behind the character before: the next one may stand behind a quote.
            let at = if part.start == 0 { self.source(0) } else { self.source_end(part.start) };
            return at..at;
        }
        self.source(part.start)..self.source_end(part.end)
    }

    /// `text` as it must be written where the character at `at` stands. `None` if it cannot be.
    pub(crate) fn escaped(&self, at: usize, text: &str) -> String {
        match self.piece(at.min(self.text.len().saturating_sub(1))).and_then(|piece| piece.quote) {
            Some('\'') => text.replace('\'', "'\\''"),
            Some(_) => {
                let special = |c: char| matches!(c, '"' | '\\' | '$' | '`');
                text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
            }
            None => {
                let special = |c: char| {
                    !(c.is_alphanumeric()
                        || matches!(c, '%' | '/' | ':' | '.' | '_' | '-' | '~' | ',' | '+' | '='))
                };
                text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
            }
        }
    }
}
