//! Named parameters, from a query, a form or a JSON object.

use serde_json::{Map, Value};

/// A parameter that was given more than once (RFC 6749 §3.1 forbids it).
pub(crate) struct Repeated(pub(crate) &'static str);

/// A parameter that the call does not know; these it knows.
pub(crate) struct Unknown(pub(crate) String);

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `application/x-www-form-urlencoded` text: `+` and `%20` are both a space, `://` need not be encoded.
    pub(crate) fn from_form(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    pub(crate) fn from_json(object: &Map<String, Value>) -> Self {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            _ => None,
        };
        Self(object.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect())
    }

    /// The value of `name`; an empty one counts as left out (RFC 6749 §3.1).
    pub(crate) fn once(&self, name: &'static str) -> Result<Option<&str>, Repeated> {
        let mut values = self.every(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Repeated(name)),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    }

    /// Refuses every name but these: a filter that is ignored lists too much.
    pub(crate) fn only(&self, names: &[&str]) -> Result<(), Unknown> {
        let all_known = self.0.iter().all(|(given, _)| names.contains(&given.as_str()));
        if all_known { Ok(()) } else { Err(Unknown(names.join(", "))) }
    }

    /// The others.
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(given, _)| given != name).cloned().collect())
    }

    /// As [`once`](Self::once), where given twice is as good as left out.
    pub(crate) fn single(&self, name: &'static str) -> Option<&str> {
        self.once(name).ok().flatten()
    }

    pub(crate) fn every<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_has_two_forms_and_a_url_needs_no_encoding() {
        let params = Params::from_form(b"a=x+y&b=x%20y&c=http://127.0.0.1:1/c&d=%2B");
        let expected = [("a", "x y"), ("b", "x y"), ("c", "http://127.0.0.1:1/c"), ("d", "+")];
        assert_eq!(params, Params(expected.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec()));
    }

    #[test]
    fn in_json_a_number_is_as_good_as_a_text() {
        let object = serde_json::json!({ "a": "x", "b": 1, "c": true, "d": null, "e": [], "f": {} });
        let expected = [("a", "x"), ("b", "1"), ("c", "true")];
        let expected = Params(expected.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec());
        assert_eq!(Params::from_json(object.as_object().unwrap()), expected);
    }

    #[test]
    fn empty_is_left_out_and_twice_is_an_error() {
        let params = Params::from_form(b"empty=&twice=1&twice=1&once=1");
        assert!(matches!(params.once("empty"), Ok(None)));
        assert!(matches!(params.once("absent"), Ok(None)));
        assert!(matches!(params.once("once"), Ok(Some("1"))));
        assert!(matches!(params.once("twice"), Err(Repeated("twice"))));
    }
}
