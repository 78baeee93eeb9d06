//! A document as it may be shown: `***` for every secret, nothing a terminal would obey, and the lines as they are.

use std::ops::Range;

use your_moms_diagnosis::secret_spans;

use crate::printable::is_unprintable;

/// What stands for a secret.
const HIDDEN: &str = "***";

/// A text as it is shown, and where each part of it went.
pub(super) struct Shown {
    pub(super) text: String,
    /// Where text that is shown as it is begins, in the document and here. Between two of them something is hidden.
    pieces: Vec<Piece>,
}

struct Piece {
    source: Range<usize>,
    shown: Range<usize>,
}

impl Shown {
    pub(super) fn of(source: &str) -> Self {
        let mut shown = Self { text: String::with_capacity(source.len()), pieces: Vec::new() };
        let mut at = 0;
        for secret in secret_spans(source) {
            shown.plain(source, at..secret.start);
            // A secret of several lines takes as many here, so that lines keep their numbers.
            let mut start = secret.start;
            for line in source.get(secret.clone()).unwrap_or_default().split_inclusive('\n') {
                let content = line.trim_end_matches(['\n', '\r']);
                let end = start + content.len();
                shown.piece(start..end, if content.trim().is_empty() { content } else { HIDDEN });
                shown.plain(source, end..start + line.len());
                start += line.len();
            }
            at = secret.end;
        }
        shown.plain(source, at..source.len());
        shown
    }

    fn piece(&mut self, source: Range<usize>, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { source, shown: start..self.text.len() });
    }

    /// Text that is no secret; what a terminal would obey is shown as a blank.
    fn plain(&mut self, source: &str, span: Range<usize>) {
        let text = source.get(span.clone()).unwrap_or_default();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if is_unprintable(c) && !matches!(c, '\n' | '\r' | '\t') {
                self.piece(span.start + from..span.start + at, text.get(from..at).unwrap_or_default());
                self.piece(span.start + at..span.start + at + c.len_utf8(), "\u{fffd}");
                from = at + c.len_utf8();
            }
        }
        if from < text.len() {
            self.piece(span.start + from..span.end, text.get(from..).unwrap_or_default());
        }
    }

    /// Where a part of the document is shown. A part of something hidden is all of it.
    pub(super) fn place(&self, span: Range<usize>) -> Range<usize> {
        let start = self.at(span.start, |shown| shown.start);
        let end = self.at(span.end, |shown| shown.end);
        if span.is_empty() { start..start } else { start..end.max(start) }
    }

    fn at(&self, at: usize, edge: impl Fn(&Range<usize>) -> usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.source.end < at);
        let Some(piece) = self.pieces.get(index) else { return self.text.len() };
        if at == piece.source.end {
            return piece.shown.end;
        }
        let as_it_is =
            piece.source.len() == piece.shown.len() && self.text.get(piece.shown.clone()) != Some(HIDDEN);
        let offset = at.saturating_sub(piece.source.start);
        if as_it_is { piece.shown.start + offset } else { edge(&piece.shown) }
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn secrets_are_hidden_and_the_rest_is_readable() {
        let text = "{\n  \"oauth.api.key\": \"k\",\n  \"oauth.api.secret\": “s3cret-ä•𝄞”,\n  \"name\": \"Photos\"\n}\n";
        let shown = Shown::of(text);
        assert_eq!(
            shown.text,
            "{\n  \"oauth.api.key\": \"k\",\n  \"oauth.api.secret\": “***”,\n  \"name\": \"Photos\"\n}\n"
        );
        let name = text.find("Photos").unwrap();
        assert_eq!(shown.text.get(shown.place(name..name + 6)), Some("Photos"));
        let secret = text.find("cret-").unwrap();
        assert_eq!(shown.text.get(shown.place(secret..secret + 2)), Some("***"));
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(
            Shown::of("\"password\": \"abc\ndef\",\n\"name\": \"x\"").text,
            "\"password\": \"***\n***\",\n\"name\": \"x\""
        );
    }

    #[test]
    fn a_terminal_has_nothing_to_obey() {
        let text = "\"na\u{1b}[31mme\u{9b}\u{202e}\"";
        let shown = Shown::of(text);
        assert_eq!(shown.text, "\"na\u{fffd}[31mme\u{fffd}\u{fffd}\"");
        let me = text.find("me").unwrap();
        assert_eq!(shown.text.get(shown.place(me..me + 2)), Some("me"));
    }
}
