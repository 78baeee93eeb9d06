//! What a terminal shows and does not obey.

/// `text` without characters that a terminal would obey; its line breaks stay.
pub(crate) fn printable(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !is_unprintable(*c)).collect()
}

/// A character that moves the cursor, changes colours or turns the reading direction.
pub(crate) fn is_unprintable(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}
