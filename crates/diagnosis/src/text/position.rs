//! Places in a text, in bytes for programs and in lines and columns for people.

use std::fmt;
use std::ops::Range;

/// A place between two characters. `Display` is `4:12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A part of a text, from its first character to before `end`. `Display` is `4:12-4:15`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Where it is, in bytes of the text.
    pub bytes: Range<usize>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the place of what follows it.
    pub end: Position,
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

/// Where the lines of a text begin, and how many characters stand before every block of it. Both are found once: counting
/// from the start for each place would be quadratic.
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
    characters: Vec<usize>,
}

/// The bytes of a block.
const BLOCK: usize = 256;

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = [0].into_iter().chain(after_breaks).collect();
        let text = text.as_bytes();
        let characters = text.chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += count(block);
            Some(here)
        });
        Self { text, starts, characters: characters.collect() }
    }

    /// The span of whole characters: half of one cannot be printed.
    pub(crate) fn span(&self, bytes: Range<usize>) -> Span {
        let is_inside = |at: usize| matches!(self.text.get(at), Some(0x80..=0xbf));
        let start = (0..=bytes.start).rev().find(|at| !is_inside(*at)).unwrap_or_default();
        let end = (bytes.end..self.text.len()).find(|at| !is_inside(*at)).unwrap_or(bytes.end);
        let bytes = start..end;
        Span { start: self.position(bytes.start), end: self.position(bytes.end), bytes }
    }

    fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        Position { line, column: 1 + self.before(at) - self.before(start) }
    }

    /// How many characters stand before `at`.
    fn before(&self, at: usize) -> usize {
        // The end of the text may be the end of its last block.
        let block = (at / BLOCK).min(self.characters.len().saturating_sub(1));
        let rest = self.text.get(block * BLOCK..at).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or_default() + count(rest)
    }
}

/// How many characters begin in `bytes`, which are part of a text in UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_after_their_break() {
        let lines = Lines::of("ä€\n\nx");
        let span = |bytes| lines.span(bytes).to_string();
        assert_eq!(
            [span(0..0), span(2..5), span(5..6), span(6..7), span(7..8)],
            ["1:1-1:1", "1:2-1:3", "1:3-2:1", "2:1-3:1", "3:1-3:2"]
        );
    }

    #[test]
    fn a_span_has_whole_characters() {
        let lines = Lines::of("a“b");
        let spans = [1..2, 2..3, 2..2, 0..4, 5..5].map(|bytes| lines.span(bytes).bytes);
        assert_eq!(spans, [1..4, 1..4, 1..4, 0..4, 5..5]);
    }

    proptest! {
        #[test]
        fn agrees_with_counting_from_the_start(text in "([a-c]|ä|€|𝄞|\n){0,300}") {
            let lines = Lines::of(&text);
            for at in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
                let before = &text[..at];
                let line = 1 + before.matches('\n').count();
                let column = 1 + before.rsplit('\n').next().map_or(0, |line| line.chars().count());
                prop_assert_eq!(lines.position(at), Position { line, column });
            }
        }
    }
}
