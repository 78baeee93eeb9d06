//! From the place where reading stopped to the mistake that made it stop.

use super::super::{FaultKind, Found, plain, typographic};
use super::Scanner;

impl Scanner<'_> {
    /// Whether what follows shows that the string before ended too early, or too late. `self.at` is at what follows.
    pub(super) fn broken_string(&self) -> Option<Found> {
        let string = self.last_string.clone()?;
        let between = self.text.get(string.end..self.at)?;
        if !between.chars().all(|c| c == ' ' || c == '\t') {
            return None;
        }
        let next = self.peek()?;
        // `"name”: "x"`: the string ran on from the curly quote to the next straight one.
        let inside = self.text.get(string.start + 1..string.end - 1)?;
        let quote = inside
            .char_indices()
            .find_map(|(at, c)| plain(c).filter(|plain| *plain == "\"").map(|plain| (at, c, plain)));
        if let Some((at, c, plain)) = quote.filter(|_| !matches!(next, '"' | ',' | ':' | '}' | ']')) {
            return Some(typographic(string.start + 1 + at, c, plain));
        }
        // After a blank, a number or one of JSON's words is rather the next value.
        let value = ["true", "false", "null"].iter().any(|word| self.rest().starts_with(word));
        let follows = next.is_alphabetic() && !value
            || next.is_ascii_digit() && between.is_empty()
            || matches!(next, '.' | '!' | '?' | '\'' | '(' | ')' | '_' | '&' | '\\');
        follows.then(|| {
            let quote = string.end - 1..string.end;
            let what = "this `\"` ends the string, and more text follows";
            Found::new(FaultKind::UnescapedQuote, quote, what, "write `\\\"` for a quote inside a string")
        })
    }

    pub(super) fn here(&self, kind: FaultKind, what: impl Into<String>, mend: impl Into<String>) -> Found {
        let length = self.peek().map_or(0, char::len_utf8);
        Found::new(kind, self.at..self.at + length, what, mend)
    }

    /// Something else stands where `wanted` should. `next` is what is there.
    pub(super) fn unexpected(&self, next: Option<char>, wanted: &str, mend: &str) -> Found {
        match next {
            None => self.never_closed(),
            Some(c @ ('}' | ']')) => self.wrong_bracket(c),
            Some('/' | '#') => self.here(FaultKind::Comment, "JSON has no comments", "take the comment out"),
            Some('\'') => self.here(
                FaultKind::Unexpected,
                "JSON quotes text with `\"`, not with `'`",
                "write straight double quotes",
            ),
            Some(c) => match plain(c) {
                Some(plain) => typographic(self.at, c, plain),
                None => self.here(FaultKind::Unexpected, format!("{wanted} should stand here"), mend),
            },
        }
    }

    fn never_closed(&self) -> Found {
        let (bracket, at) = self.open.last().copied().unwrap_or(('{', 0));
        let what = format!("this `{bracket}` is never closed");
        let mend = format!("write `{}` where it ends", closing(bracket));
        Found::new(FaultKind::NeverClosed, at..at + 1, what, mend)
    }

    /// A closing bracket that is not the innermost one's. If it closes one further out, the innermost was forgotten.
    fn wrong_bracket(&self, found: char) -> Found {
        if self.open.iter().any(|(bracket, _)| closing(*bracket) == found) {
            let fits = self.open.last().is_some_and(|(bracket, _)| closing(*bracket) == found);
            if !fits {
                return self.never_closed();
            }
            let what = "a value is missing before this bracket";
            return self.here(FaultKind::Unexpected, what, "write the value");
        }
        self.here(FaultKind::ClosedTwice, format!("this `{found}` closes nothing"), "take it out")
    }

    /// Something follows the whole document.
    pub(super) fn after_the_end(&self, next: char) -> Found {
        match (next, self.last_close) {
            ('{' | '[', _) => self.here(
                FaultKind::TwoDocuments,
                "a second document begins here",
                "put each document in a file of its own",
            ),
            // What follows belongs inside, so the bracket before it closed too much.
            (',', Some(close)) => {
                let what = "this bracket closes the document, and more of it follows";
                Found::new(
                    FaultKind::ClosedTwice,
                    close..close + 1,
                    what,
                    "take the bracket out, or put it at the end",
                )
            }
            _ => self.broken_string().unwrap_or_else(|| {
                self.unexpected(Some(next), "the end of the document", "take out what follows the document")
            }),
        }
    }
}

fn closing(bracket: char) -> char {
    if bracket == '{' { '}' } else { ']' }
}
