//! Characters that an editor put in place of plain ones.

use crate::DiagnosticKind;
use crate::finding::Finding;

/// The plain character that an editor replaced by `c`.
pub(crate) fn plain(c: char) -> Option<char> {
    match c {
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}' => Some('"'),
        '\u{2018}'..='\u{201b}' | '\u{2032}' => Some('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' | '\u{feff}' => Some(' '),
        _ => None,
    }
}

/// Whether a quotation in a text begins with `c`, so that the next curly quote ends it.
pub(crate) fn opens_quotation(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{201e}' | '\u{201f}' | '\u{ab}')
}

/// `c`, which stands at `at`, should be `plain`; `language` is what needs it.
pub(crate) fn typographic(at: usize, c: char, plain: char, language: &str) -> Finding {
    let (message, help) = match plain {
        ' ' => (
            format!("this is not a plain space; {language} needs one"),
            "replace it with a plain space".to_owned(),
        ),
        '-' => (
            format!("`{c}` is a dash; {language} needs the plain hyphen `-`"),
            "replace it with `-`, and edit the file as plain text".to_owned(),
        ),
        _ => (
            format!("`{c}` is a curly quote; {language} needs the straight quote `{plain}`"),
            format!("replace it with `{plain}`, and edit the file as plain text"),
        ),
    };
    Finding::new(DiagnosticKind::Typographic, at..at + c.len_utf8(), message, help).replace(plain)
}
