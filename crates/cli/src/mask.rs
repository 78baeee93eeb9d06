//! What others wrote, made fit for a terminal.

use your_moms_core::Secret;

/// Stands for a secret in a text.
const MASKED: &str = "…";

/// The secrets this process holds, so that none is printed because somebody repeats it.
#[derive(Clone, Default)]
pub(crate) struct Mask(Vec<Secret>);

impl Mask {
    pub(crate) fn of(secrets: &[Secret]) -> Self {
        let mut mask = Self::default();
        for secret in secrets {
            mask.add(secret);
        }
        mask
    }

    /// Masks `secret` too, as it is and as it stands in a URL.
    pub(crate) fn add(&mut self, secret: &Secret) {
        if secret.expose().is_empty() {
            return;
        }
        let encoded: String = form_urlencoded::byte_serialize(secret.expose().as_bytes()).collect();
        for form in [secret.expose(), &encoded] {
            if !self.0.iter().any(|known| known.expose() == form) {
                self.0.push(Secret::from(form));
            }
        }
        // A secret that holds another is masked as a whole.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
    }

    /// `text` on one line, without secrets and without anything a terminal would obey.
    pub(crate) fn clean(&self, text: &str) -> String {
        let text =
            text.split(['\n', '\r', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        self.clean_block(&text)
    }

    /// As [`clean`](Self::clean), with the line breaks left in.
    pub(crate) fn clean_block(&self, text: &str) -> String {
        let masked =
            self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose(), MASKED));
        masked.chars().filter(|c| *c == '\n' || !is_unprintable(*c)).collect()
    }
}

/// A character that moves the cursor, changes colours or turns the reading direction.
pub(crate) fn is_unprintable(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_every_form_and_the_longest_first() {
        let mask = Mask::of(&["abc", "abc+/d=", ""].map(Secret::from));
        assert_eq!(mask.clean("x abc+/d= y abc%2B%2Fd%3D z abc"), "x … y … z …");
    }

    #[test]
    fn a_terminal_has_nothing_to_obey() {
        let mask = Mask::default();
        assert_eq!(mask.clean("a\u{1b}[31mred\u{9b}0m\nnew\u{202e}line\r\n"), "a[31mred0m newline");
        assert_eq!(mask.clean_block("a\n\u{7}b\r\n"), "a\nb\n");
    }
}
