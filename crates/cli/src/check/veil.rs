//! A document as it may be shown: secret values veiled, nothing a terminal would obey, and every character in its place.

use crate::mask::is_unprintable;
use crate::secrets::is_secret_name;

/// `text` with the same lines, columns and byte offsets.
///
/// From a name that sounds secret to the end of its line, and on through lines that go on, every letter and digit is
/// veiled. That is more than needed where a line has more than one member; but in a document with a mistake nobody can tell
/// where a value ends.
pub(super) fn veiled(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut goes_on = false;
    for line in text.split_inclusive('\n') {
        let secret_from = if goes_on { Some(0) } else { secret_from(line) };
        for (at, c) in line.char_indices() {
            let hidden = secret_from.is_some_and(|from| at >= from) && !is_mark(c);
            shown.push(if hidden || (is_unprintable(c) && !matches!(c, '\n' | '\r' | '\t')) {
                veil(c)
            } else {
                c
            });
        }
        let ended = line.trim_end().ends_with(['"', '\'', '”', '’', ',', '{', '[', '}', ']', '\\']);
        goes_on = secret_from.is_some() && !ended && !line.trim_end().is_empty();
    }
    shown
}

/// Where the value of the first secret name of `line` begins, in bytes.
fn secret_from(line: &str) -> Option<usize> {
    let between = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let mut end = 0;
    for piece in line.split_inclusive(between) {
        let word = piece.trim_end_matches(between);
        if is_secret_name(word) || matches!(word, "User" | "Organization" | "Your_mom" | "Element") {
            return Some(end + word.len());
        }
        end += piece.len();
    }
    None
}

/// What holds a document together.
fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '\'' | '“' | '”' | '‘' | '’' | ':' | ',' | '{' | '}' | '[' | ']' | '\\' | '&' | '='
        )
}

/// A character of the same length in UTF-8, and usually of the same width.
fn veil(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '𝄽',
    }
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn secrets_are_veiled_in_place() {
        let text = "{\n  \"oauth.api.key\": \"k\",\n  \"oauth.api.secret\": “s3cret-ä•𝄞”,\n  \"name\": \"Photos\"\n}\n";
        let shown = veiled(text);
        assert_eq!(
            shown,
            "{\n  \"oauth.api.key\": \"k\",\n  \"oauth.api.secret\": “*******·•𝄽”,\n  \"name\": \"Photos\"\n}\n"
        );
        assert_eq!(shown.len(), text.len());
    }

    #[test]
    fn a_value_that_goes_on_in_the_next_line_is_veiled_there_too() {
        assert_eq!(
            veiled("\"password\": \"abc\ndef\",\n\"name\": \"x\""),
            "\"password\": \"***\n***\",\n\"name\": \"x\""
        );
    }

    #[test]
    fn headers_and_queries_of_commands_are_veiled() {
        assert_eq!(
            veiled("-H 'Authorization: User u+/, Organization o='"),
            "-H 'Authorization: User ***, ************ *='"
        );
        assert_eq!(
            veiled("'https://h/?apiKey=k&apiSecret=s&state=x'"),
            "'https://h/?apiKey=k&apiSecret=*&*****=*'"
        );
    }

    #[test]
    fn a_terminal_has_nothing_to_obey() {
        assert_eq!(veiled("\"na\u{1b}[31mme\u{9b}\u{202e}\""), "\"na*[31mme·•\"");
    }
}
