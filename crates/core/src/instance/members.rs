//! The members of a JSON object, found where they stand in its text. The text has been read as JSON before, so nothing
//! is checked again: that is what makes it cheap, and reading the same text twice affordable.

use std::borrow::Cow;
use std::ops::Range;

/// The members of `object`, in order, as the name and the text of the value; none of another kind of JSON. A name that
/// is not Unicode (`"\ud800"`) is left out: nobody can ask for it.
pub(super) fn of(object: &str) -> Members<'_> {
    Members { rest: object.strip_prefix('{').unwrap_or_default() }
}

/// The value of the last member called `name`: of a name that comes twice, JSON readers take the last.
pub(super) fn last<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    of(object).filter(|(member, _)| member == name).last().map(|(_, value)| value)
}

/// What the JSON string `value` says; `None` if it is another kind of JSON, or is not Unicode.
pub(super) fn string(value: &str) -> Option<Cow<'_, str>> {
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    if inside.as_bytes().contains(&b'\\') {
        serde_json::from_str(value).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inside))
    }
}

/// Whether the text of a JSON value is that of an object.
pub(super) fn is_object(value: &str) -> bool {
    value.starts_with('{')
}

/// Where `part` stands in `whole`, of which it is a part.
pub(super) fn place(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
    start..start.saturating_add(part.len())
}

/// The JSON value that `text` begins with, and what follows it.
pub(super) fn split_value(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let length = match bytes.first()? {
        b'"' => string_length(bytes),
        b'{' | b'[' => nested_length(bytes),
        _ => bytes.iter().position(|byte| b",]} \n\r\t".contains(byte)).unwrap_or(bytes.len()),
    };
    text.split_at_checked(length)
}

/// See [`of`].
pub(super) struct Members<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (name, rest) = split_value(self.rest.trim_ascii_start())?;
            let rest = rest.trim_ascii_start().strip_prefix(':')?;
            let (value, rest) = split_value(rest.trim_ascii_start())?;
            self.rest = rest.trim_ascii_start().strip_prefix(',').unwrap_or_default();
            if let Some(name) = string(name) {
                return Some((name, value));
            }
        }
    }
}

/// The length of the string that `bytes` begin with, quotes included.
fn string_length(bytes: &[u8]) -> usize {
    let mut length = 1;
    while let Some(rest) = bytes.get(length..)
        && let Some(at) = memchr::memchr2(b'"', b'\\', rest)
    {
        if rest.get(at) == Some(&b'"') {
            return length + at + 1;
        }
        // The escape, and what is escaped.
        length += at + 2;
    }
    bytes.len()
}

/// The length of the object or array that `bytes` begin with, brackets included.
fn nested_length(bytes: &[u8]) -> usize {
    let (mut length, mut depth) = (0, 0_usize);
    while let Some(rest) = bytes.get(length..)
        && let Some(first) = rest.first()
    {
        length += if *first == b'"' { string_length(rest) } else { 1 };
        match first {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return length,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    /// What `serde_json` makes of the same object; its reader of names wants Unicode.
    fn independently(object: &str) -> Vec<(String, String)> {
        let members: serde_json::Result<indexed::Members<'_>> = serde_json::from_str(object);
        members.unwrap().0.into_iter().map(|(name, value)| (name, value.get().to_owned())).collect()
    }

    mod indexed {
        use super::*;
        use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

        /// Members in order, twice if they come twice.
        pub(super) struct Members<'a>(pub(super) Vec<(String, &'a RawValue)>);

        impl<'de> Deserialize<'de> for Members<'de> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map(InOrder).map(Self)
            }
        }

        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                std::iter::from_fn(|| members.next_entry().transpose()).collect()
            }
        }
    }

    fn space() -> impl Strategy<Value = String> {
        "[ \\n\\r\\t]{0,2}"
    }

    fn string_text() -> impl Strategy<Value = String> {
        "\"([a-c\\[\\]{}:, é😀]|\\\\[\"\\\\/bfnrt]|\\\\u00[46]1){0,6}\""
    }

    fn value_text() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "null|true|false",
            "-?[1-9][0-9]{0,40}(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,4})?",
            string_text()
        ];
        leaf.prop_recursive(4, 16, 3, |inner| {
            let items = proptest::collection::vec((space(), inner.clone(), space()), 1..4);
            let items = items.prop_map(|items| {
                let items: Vec<_> = items.into_iter().map(|(a, b, c)| a + &b + &c).collect();
                format!("[{}]", items.join(","))
            });
            prop_oneof![Just("[ ]".to_owned()), Just("{}".to_owned()), items, object_text(inner)]
        })
    }

    fn object_text(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
        let member = (space(), string_text(), space(), space(), value, space());
        proptest::collection::vec(member, 0..4).prop_map(|members| {
            let members =
                members.into_iter().map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        })
    }

    proptest! {
        #[test]
        fn members_are_those_that_a_parser_finds(object in object_text(value_text())) {
            let found: Vec<_> = of(&object).map(|(name, value)| (name.into_owned(), value.to_owned())).collect();
            prop_assert_eq!(found, independently(&object));
        }

        /// Text that is not JSON never gets here; should it, it is no panic and no endless loop.
        #[test]
        fn other_text_does_no_harm(text in "[{}\\[\\]\":,\\\\a é]{0,24}") {
            prop_assert!(of(&text).count() <= text.len());
            prop_assert!(string(&text).is_none_or(|inside| inside.len() <= text.len()));
        }
    }
}
