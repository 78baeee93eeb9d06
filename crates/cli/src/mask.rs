//! What others wrote, made fit for a terminal.

mod request;
mod spelling;

use std::cmp::Reverse;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use your_moms_core::Secret;

use crate::printable::printable;
use spelling::Spelled;

/// Stands for a secret in a text.
const MASKED: &str = "…";

/// A secret of this many characters is masked wherever it stands. A shorter one is masked where it is a word of its own:
/// it is part of too many others. One letter is not masked at all: it is no secret, and every text has it.
const LONG: usize = 6;
const SHORTEST: usize = 2;

/// The secrets this process holds, so that none is printed because somebody repeats it: as it is, and in every spelling in
/// which the bytes of a request come back (percent, form, JSON, HTML, base64).
#[derive(Clone, Default)]
pub(crate) struct Mask(Vec<Needle>);

/// What is looked for.
#[derive(Clone)]
struct Needle {
    text: Secret,
    spelled: Spelled,
    kind: Kind,
    /// What is shown in its place.
    shown: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Anywhere,
    /// Between characters that belong to no word.
    Word,
    /// A part of base64 text: all of that is masked.
    Base64,
}

impl Mask {
    pub(crate) fn of(secrets: &[Secret]) -> Self {
        let mut mask = Self::default();
        for secret in secrets {
            mask.add(secret);
        }
        mask
    }

    /// Masks `secret`, too.
    pub(crate) fn add(&mut self, secret: &Secret) {
        self.add_as(secret, MASKED);
    }

    /// Shows `shown` in place of `secret`.
    pub(crate) fn add_as(&mut self, secret: &Secret, shown: &str) {
        let text = secret.expose();
        let length = text.chars().count();
        if length < SHORTEST || self.0.iter().any(|needle| needle.text.expose() == text) {
            return;
        }
        let kind = if length < LONG { Kind::Word } else { Kind::Anywhere };
        let needle = |text: &str, kind| Needle::new(text, kind, shown);
        self.0.push(needle(text, kind));
        if length >= LONG {
            let parts = base64_parts(text.as_bytes());
            self.0.extend(parts.map(|text| needle(&text, Kind::Base64)));
        }
    }

    /// `text` on one line, without secrets and without anything a terminal would obey.
    pub(crate) fn clean(&self, text: &str) -> String {
        let masked = self.masked(text);
        let parts = masked.split(['\n', '\r', '\t']).filter(|part| !part.is_empty());
        printable(&parts.collect::<Vec<_>>().join(" "))
    }

    /// As [`clean`](Self::clean), with the line breaks left in.
    pub(crate) fn clean_block(&self, text: &str) -> String {
        printable(&self.masked(text))
    }

    /// `text` without secrets, and otherwise as it is.
    pub(crate) fn masked(&self, text: &str) -> String {
        let found_at = |at| {
            self.0.iter().filter_map(move |needle| Some((needle.found(text, at)?, needle.shown.as_str())))
        };
        let mut found: Vec<_> = text.char_indices().flat_map(|(at, _)| found_at(at)).collect();
        // The longest first: another may begin as it does.
        found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut masked = String::with_capacity(text.len());
        let mut end = 0;
        for (range, shown) in found {
            if range.start >= end {
                masked.push_str(text.get(end..range.start).unwrap_or_default());
                masked.push_str(shown);
            }
            end = end.max(range.end);
        }
        masked.push_str(text.get(end..).unwrap_or_default());
        masked
    }
}

impl Needle {
    fn new(text: &str, kind: Kind, shown: &str) -> Self {
        Self { text: Secret::from(text), spelled: Spelled::of(text), kind, shown: shown.to_owned() }
    }

    /// Where it is in `text`, if it begins at `at`.
    fn found(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let (before, from) = text.split_at_checked(at)?;
        let end = at + self.spelled.length(from)?;
        let after = text.get(end..)?;
        match self.kind {
            Kind::Anywhere => Some(at..end),
            Kind::Word => {
                let in_word = |c: char| c.is_alphanumeric();
                let alone = !before.ends_with(in_word) && !after.starts_with(in_word);
                alone.then_some(at..end)
            }
            Kind::Base64 => {
                let outside = |c: char| !(c.is_ascii_alphanumeric() || "+/-_=%\\".contains(c));
                let start = before.rfind(outside).map_or(0, |at| {
                    at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
                });
                Some(start..end + after.find(outside).unwrap_or(after.len()))
            }
        }
    }
}

/// The characters that base64 makes of `bytes` alone, wherever they stand among others: three places, two alphabets.
fn base64_parts(bytes: &[u8]) -> impl Iterator<Item = String> {
    let part = |place: usize, url: bool| {
        let placed = [vec![0; place], bytes.to_vec()].concat();
        let text = if url { URL_SAFE_NO_PAD.encode(&placed) } else { STANDARD_NO_PAD.encode(&placed) };
        let (start, end) = ((place * 8).div_ceil(6), placed.len() * 8 / 6);
        text.get(start..end).map(str::to_owned)
    };
    let all = (0..3).flat_map(|place| [part(place, false), part(place, true)]);
    let mut parts: Vec<_> = all.flatten().collect();
    parts.dedup();
    parts.into_iter()
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
    fn every_spelling_is_known() {
        let mask = Mask::of(&[Secret::from("S\"é &/\\%<x'\u{1f511}y")]);
        for spelled in [
            "S\"é &/\\%<x'\u{1f511}y",
            // Form and URL, in either case, and mixed.
            "S%22%C3%A9+%26%2F%5C%25%3Cx%27%F0%9F%94%91y",
            "S%22%c3%a9%20%26/%5c%25%3cx'%f0%9f%94%91y",
            // Twice.
            "S%2522%25C3%25A9%2520%2526%252F%255C%2525%253Cx%2527%25F0%259F%2594%2591y",
            // JSON.
            "S\\\"é &/\\\\%<x'\u{1f511}y",
            "S\\u0022\\u00e9\\u0020\\u0026\\/\\u005C\\u0025\\u003Cx\\u0027\\ud83d\\uDD11y",
            // HTML.
            "S&quot;é &amp;/\\%&lt;x&#39;\u{1f511}y",
            "S&QUOT;é &amp;&sol;&bsol;&percnt;&lt;x&apos;\u{1f511}y",
            "S&#34;&#233; &#38;&#47;&#92;&#37;&#60;x&apos;&#128273;y",
            "S&#x22;&#xe9; &#X26;&#x2F;&#x5c;&#x25;&#x003c;x&#x27;&#x1F511;y",
            // Wrapped.
            "S\"é\r\n &/\\%\n<x'\u{1f511}y",
            "S\\\"é &/\\\\%\\n<x'\\r\\n\u{1f511}y",
        ] {
            assert_eq!(mask.clean(&format!("a {spelled}, b")), "a …, b", "{spelled}");
        }
        assert_eq!(mask.clean("S\"é &/\\%<x'y"), "S\"é &/\\%<x'y");
    }

    /// `text` between the quotes of a JSON string.
    fn json_text(text: &str) -> String {
        let quoted = serde_json::to_string(text).unwrap();
        quoted[1..quoted.len() - 1].to_owned()
    }

    /// `c` in one of its spellings.
    fn spell(c: char, way: usize) -> String {
        let percent: Vec<_> = c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let json: Vec<_> = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect();
        let number = u32::from(c);
        match way {
            0 => percent.concat(),
            1 => percent.concat().to_lowercase(),
            2 => json.concat(),
            3 => format!("&#{number};"),
            4 => format!("&#x{number:X};"),
            5 if c == ' ' => "+".to_owned(),
            _ => c.to_string(),
        }
    }

    /// Each character in a spelling of its own, and the whole once more as what carries it writes it.
    #[test]
    fn every_mixture_of_spellings_is_known() {
        let mut state = 1_u64;
        let mut below = |most: usize| {
            // Knuth's MMIX; its low bits are not random enough.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % most
        };
        let alphabet: Vec<_> = "aZ09 +/=-_.~!\"#$%&'()*,:;<>?@[\\]^`{|}é\u{1f511}".chars().collect();
        for _ in 0..2000 {
            let secret: String = (0..LONG + below(10)).map(|_| alphabet[below(alphabet.len())]).collect();
            let spelled: String = secret.chars().map(|c| spell(c, below(7))).collect();
            let carried = match below(4) {
                0 => form_urlencoded::byte_serialize(spelled.as_bytes()).collect(),
                1 => json_text(&spelled),
                2 => maud::html! { (spelled) }.into_string(),
                _ => spelled.clone(),
            };
            let said = Mask::of(&[Secret::from(secret.as_str())]).clean_block(&format!("<{carried}>"));
            assert_eq!(said, "<…>", "{secret} as {spelled} as {carried}");
        }
    }

    #[test]
    fn base64_is_known_wherever_the_secret_stands_in_it() {
        let mask = Mask::of(&[Secret::from("hunter2?>~")]);
        for before in ["", "a", "ab", "user:"] {
            for after in ["", "!", "!!"] {
                let bytes = format!("{before}hunter2?>~{after}");
                for text in [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
                    assert_eq!(mask.clean(&format!("Basic {text}== no")), "Basic … no");
                    let (line, rest) = text.split_at(text.len() - 7);
                    let wrapped = mask.clean(&format!("Basic {line}\r\n{rest}== no"));
                    assert_eq!(wrapped, "Basic … no", "{text}");
                }
            }
        }
    }

    #[test]
    fn short_secrets_are_masked_as_words_and_single_letters_are_not() {
        let mask = Mask::of(&["a", "id", "12345"].map(Secret::from));
        let text = "a valid id, a=id; inside: id12345 (12345)";
        assert_eq!(mask.clean(text), "a valid …, a=…; inside: id12345 (…)");
    }

    #[test]
    fn readings_of_escapes_do_not_multiply() {
        let mask = Mask::of(&[Secret::from("\\".repeat(24) + "x")]);
        let text = "\\".repeat(200);
        assert_eq!(mask.clean(&text), text);
    }

    #[test]
    fn a_terminal_has_nothing_to_obey() {
        let mask = Mask::default();
        assert_eq!(mask.clean("a\u{1b}[31mred\u{9b}0m\nnew\u{202e}line\r\n"), "a[31mred0m newline");
        assert_eq!(mask.clean_block("a\n\u{7}b\r\n"), "a\nb\n");
    }
}
