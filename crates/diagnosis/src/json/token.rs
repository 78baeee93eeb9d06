//! The words of JSON, and what else stands where a word of JSON should.

use std::borrow::Cow;
use std::ops::Range;

/// A word, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) span: Range<usize>,
    /// The line, from 0.
    pub(crate) line: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind<'a> {
    Open(Bracket),
    Close(Bracket),
    Colon,
    Comma,
    /// A string, decoded; what is wrong in it is already found.
    Text(Cow<'a, str>),
    Number,
    /// `true`, `false`, `null`, or a placeholder without quotes, which is already found.
    Word,
    /// Text without quotes that is no word of JSON.
    Bare,
    /// A bracket that was too much.
    Nothing,
    /// A character that nothing in JSON begins with.
    Other(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bracket {
    Curly,
    Square,
}

impl Bracket {
    pub(crate) fn open(self) -> char {
        if self == Self::Curly { '{' } else { '[' }
    }

    pub(crate) fn close(self) -> char {
        if self == Self::Curly { '}' } else { ']' }
    }
}

impl Kind<'_> {
    /// Whether a value begins with it.
    pub(crate) fn begins_value(&self) -> bool {
        matches!(self, Self::Open(_) | Self::Text(_) | Self::Number | Self::Word)
    }
}

/// The words with others put before those they are to stand before. Once for all of them: each would move the rest.
pub(super) fn merge<'a>(tokens: Vec<Token<'a>>, mut inserts: Vec<(usize, Token<'a>)>) -> Vec<Token<'a>> {
    if inserts.is_empty() {
        return tokens;
    }
    inserts.sort_by_key(|(at, _)| *at);
    let mut merged = Vec::with_capacity(tokens.len() + inserts.len());
    let mut inserts = inserts.into_iter().peekable();
    for (at, token) in tokens.into_iter().enumerate() {
        while let Some((_, insert)) = inserts.next_if(|(place, _)| *place <= at) {
            merged.push(insert);
        }
        merged.push(token);
    }
    merged.extend(inserts.map(|(_, token)| token));
    merged
}
