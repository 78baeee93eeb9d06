//! Characters that a person who looks at a text does not see, or sees in another place.

/// Whether all of `text` is visible ASCII.
pub(crate) fn is_graphic(text: &str) -> bool {
    // No early return, so that the compiler can look at many bytes at once.
    text.bytes().fold(true, |graphic, byte| graphic & byte.is_ascii_graphic())
}

/// Whether there is a control character in `text`.
pub(crate) fn has_control(text: &str) -> bool {
    !is_graphic(text) && text.contains(char::is_control)
}

/// Whether there is a character in `text` that a person does not see.
pub(crate) fn has_unseen(text: &str) -> bool {
    !is_graphic(text) && text.contains(is_unseen)
}

/// Whether `c` is white space, a control character, or one that is drawn as nothing or changes the direction of what
/// follows (Unicode's `Default_Ignorable_Code_Point` and `Bidi_Control`, and the blank letters).
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
