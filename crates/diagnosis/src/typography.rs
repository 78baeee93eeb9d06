//! Characters that an editor put in place of plain ones.

use crate::DiagnosticKind;
use crate::finding::Finding;

/// The plain character that an editor replaced by `c`.
pub(crate) fn plain(c: char) -> Option<char> {
    match c {
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => Some('"'),
        '\u{2018}'..='\u{201b}' => Some('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// `c`, which stands at `at`, should be `plain`.
pub(crate) fn typographic(at: usize, c: char, plain: char) -> Finding {
    let (message, help) = if plain == ' ' {
        (
            "this is no plain space".to_owned(),
            "write a plain space, and edit the file as plain text".to_owned(),
        )
    } else {
        (
            format!("`{c}` comes from an editor"),
            format!("write a straight `{plain}`, and edit the file as plain text"),
        )
    };
    Finding::new(DiagnosticKind::Typographic, at..at + c.len_utf8(), message, help).replace(plain)
}
