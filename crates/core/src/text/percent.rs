//! Percent-encoding, once for every URL this crate writes.

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

use super::byte_set::ByteSet;

/// The unreserved characters of RFC 3986 §2.3, which stay as they are. Encoding more than a URL needs is harmless; encoding
/// less is not: HTTP libraries rewrite some characters (`'` in a query) and leave others, and the request would differ by
/// transport.
static UNRESERVED: ByteSet =
    ByteSet::of(b"-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");

/// How long `text` is when it is encoded.
pub(crate) fn length(text: &str) -> usize {
    let kept = text.bytes().filter(|byte| UNRESERVED.has(*byte)).count();
    kept + 3 * (text.len() - kept)
}

/// Adds `text` to `target` as one path segment, query name or query value.
pub(crate) fn push(target: &mut Vec<u8>, text: &str) {
    if length(text) == text.len() {
        target.extend_from_slice(text.as_bytes());
    } else {
        push_encoded(target, text);
    }
}

// Most text has nothing to encode.
#[cold]
fn push_encoded(target: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        if UNRESERVED.has(byte) {
            target.push(byte);
        } else {
            target.extend_from_slice(percent_encode_byte(byte).as_bytes());
        }
    }
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
    let mut encoded = Vec::with_capacity(length(text));
    push(&mut encoded, text);
    // What is encoded is ASCII.
    String::from_utf8(encoded).unwrap_or_default()
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
    decoded(text, plus_is_space).map(Cow::into_owned)
}

/// As [`decode`], without a copy where there is nothing to decode.
pub(crate) fn decoded(text: &str, plus_is_space: bool) -> Option<Cow<'_, str>> {
    if is_plain(text) {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// Whether there is nothing to decode in `text`.
pub(crate) fn is_plain(text: &str) -> bool {
    memchr::memchr2(b'%', b'+', text.as_bytes()).is_none()
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
        let kept: String = ascii.chars().filter(|c| encode(&c.to_string()).len() == 1).collect();
        assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    #[test]
    fn bad_escapes_and_bad_utf8_are_refused() {
        for bad in ["%", "%4", "%zz", "a%g0", "%ff", "%c3%28"] {
            assert_eq!(decode(bad, true), None, "{bad}");
        }
    }

    #[test]
    fn a_plus_is_a_space_in_forms_alone() {
        assert_eq!(decode("a%20b+c", false).as_deref(), Some("a b+c"));
        assert_eq!(decode("a%20b+c", true).as_deref(), Some("a b c"));
    }

    proptest! {
        #[test]
        fn decoding_undoes_encoding(text: String) {
            let encoded = encode(&text);
            prop_assert_eq!(encoded.len(), length(&text));
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
