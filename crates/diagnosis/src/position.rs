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

/// A text and where its lines begin, found once: counting them anew for each place would be quadratic.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: [0].into_iter().chain(after_breaks).collect() }
    }

    pub(crate) fn span(&self, bytes: Range<usize>) -> Span {
        Span { start: self.position(bytes.start), end: self.position(bytes.end), bytes }
    }

    fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at);
        let start =
            line.checked_sub(1).and_then(|before| self.starts.get(before)).copied().unwrap_or_default();
        let column = 1 + self.text.get(start..at).unwrap_or_default().chars().count();
        Position { line, column }
    }
}

#[cfg(test)]
mod tests {
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
}
