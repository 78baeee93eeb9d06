//! Percent-encoding, once for every URL this crate writes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986 §2.3. Encoding more than a URL needs is harmless; encoding less is not:
/// HTTP libraries rewrite some characters (`'` in a query) and leave others, and the request would differ by transport.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` as one path segment, query name or query value.
pub(crate) fn component(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// `text` as one path segment, query name or query value: everything but letters, digits, `-`, `.`, `_` and `~` is
/// percent-encoded.
///
/// ```
/// use your_moms_core::text::percent_encode;
///
/// assert_eq!(percent_encode("https://a.example/b c"), "https%3A%2F%2Fa.example%2Fb%20c");
/// ```
pub fn encode(text: &str) -> String {
    component(text).to_string()
}

/// Undoes percent-encoding, and with `plus_is_space` the form encoding too. `None` for a `%` that is not followed by two
/// hexadecimal digits, and for bytes that are not UTF-8.
///
/// ```
/// use your_moms_core::text::percent_decode;
///
/// assert_eq!(percent_decode("a%20b+c", true).as_deref(), Some("a b c"));
/// assert_eq!(percent_decode("100%", true), None);
/// ```
pub fn decode(text: &str, plus_is_space: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        let ascii: String = (0x20u8..0x7f).map(char::from).collect();
        let kept: String =
            ascii.chars().filter(|c| component(&c.to_string()).to_string().len() == 1).collect();
        assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    #[test]
    fn bad_escapes_and_bad_utf8_are_refused() {
        for bad in ["%", "%4", "%zz", "a%g0", "%ff", "%c3%28"] {
            assert_eq!(decode(bad, true), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn decoding_undoes_encoding(text: String) {
            let encoded = component(&text).to_string();
            prop_assert_eq!(decode(&encoded, false), Some(text.clone()));
            prop_assert_eq!(decode(&encoded, true), Some(text));
        }

        #[test]
        fn agrees_with_a_form_decoder(text in "[a-z+%0-9A-F]{0,12}") {
            if let Some(ours) = decode(&text, true) {
                let pair = format!("x={text}");
                let theirs = form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned());
                prop_assert_eq!(Some(ours), theirs);
            }
        }
    }
}
