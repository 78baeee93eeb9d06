//! One request, as the handlers read it.

use std::time::SystemTime;

use http::header::ACCEPT;
use http::{HeaderMap, Request, StatusCode};
use serde_json::{Map, Value};

use crate::noun::Noun;
use crate::params::Params;
use crate::response::{Refusal, is_content_type};

/// One request to the platform, with what every handler needs to know.
pub(crate) struct Incoming<'a> {
    pub(crate) noun: Noun,
    pub(crate) request: &'a Request<&'a [u8]>,
    pub(crate) now: SystemTime,
    /// The connection is reset while the work is done.
    pub(crate) interrupted: bool,
}

impl Incoming<'_> {
    pub(super) fn query(&self) -> Params {
        Params::from_form(self.request.uri().query().unwrap_or_default().as_bytes())
    }

    /// The body, which has to be JSON. What is wrong is said without quoting it: it may be a secret.
    pub(super) fn json(&self) -> Result<Value, Refusal> {
        if !is_content_type(self.request.headers(), "application/json") {
            let message = "The Content-Type of the request body must be application/json.";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
        serde_json::from_slice(self.request.body()).map_err(|error| {
            Refusal::bad_request(format!(
                "The request body is not valid JSON: line {}, column {}.",
                error.line(),
                error.column()
            ))
        })
    }

    pub(super) fn json_object(&self) -> Result<Map<String, Value>, Refusal> {
        match self.json()? {
            Value::Object(object) => Ok(object),
            _ => Err(Refusal::bad_request("The request body must be a JSON object.")),
        }
    }
}

/// A parameter that is true or false, in any letter case: Python clients send `True`.
pub(super) fn flag(query: &Params, name: &'static str) -> Result<Option<bool>, Refusal> {
    let value = query.once(name)?.map(str::to_ascii_lowercase);
    let flag = value.map(|value| value.parse()).transpose();
    flag.map_err(|_| Refusal::bad_request(format!("{name} must be true or false.")))
}

/// RFC 9110 §12.5.1, as far as one media type needs it.
pub(super) fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|range| !range.trim().is_empty())
        .peekable();
    ranges.peek().is_none() || ranges.any(is_range_of_json)
}

fn is_range_of_json(range: &str) -> bool {
    let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
    let fits =
        parts.next().is_some_and(|it| ["*/*", "application/*", "application/json"].contains(&it.as_str()));
    let weight = parts.find_map(|part| part.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok()));
    fits && weight.unwrap_or(1.0) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_is_read_as_a_list_of_ranges_with_weights() {
        let accepts = |value: &str| accepts_json(&HeaderMap::from_iter([(ACCEPT, value.parse().unwrap())]));
        assert!(accepts_json(&HeaderMap::new()));
        for value in ["", "*/*", "application/*", "Application/JSON", "text/html, application/json;q=0.1"] {
            assert!(accepts(value), "{value}");
        }
        for value in ["text/html", "application/xml, text/*", "application/json;q=0", "application/jsonp"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
