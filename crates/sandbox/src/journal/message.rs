//! A request or a response for a person to read, with its secrets masked.

use std::fmt;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request, Response};
use serde_json::{Map, Value};

use super::{mask, target};
use crate::catalogue::Catalogue;

/// Longer bodies are not shown: the journal is kept in memory.
const LARGEST_BODY: usize = 16 * 1024;

/// The header fields whose values are shown.
const FIELDS: [&str; 17] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "allow",
    "connection",
    "content-length",
    "content-type",
    "elements-element-instance-id",
    "elements-next-page-token",
    "elements-returned-count",
    "elements-total-count",
    "host",
    "location",
    "origin",
    "retry-after",
    "user-agent",
    "www-authenticate",
];

/// A request or a response with its secrets masked. Its text is that of HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The first line, such as `GET /your_moms/api-v2/instances?hydrate=false` or `200 OK`.
    pub start: String,
    /// The header fields in their order; of `Authorization` only the words are shown.
    pub fields: Vec<(String, String)>,
    /// JSON or a form with masked values, or in brackets how long the body is and of what type.
    pub body: String,
}

impl Message {
    pub(super) fn of_request(request: &Request<&[u8]>, catalogue: &Catalogue) -> Self {
        let mut start = format!("{} {}", request.method(), target::path(request.uri(), catalogue));
        if let Some(query) = request.uri().query() {
            start.push('?');
            start.push_str(&target::query(query));
        }
        Self {
            start,
            fields: fields(request.headers()),
            body: body(request.headers(), request.body(), catalogue),
        }
    }

    pub(super) fn of_response(response: &Response<Vec<u8>>, catalogue: &Catalogue) -> Self {
        Self {
            start: response.status().to_string(),
            fields: fields(response.headers()),
            body: body(response.headers(), response.body(), catalogue),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.start)?;
        for (name, value) in &self.fields {
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", self.body)
    }
}

fn fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let shown = |(name, value): (&HeaderName, &HeaderValue)| {
        let text = value.to_str().unwrap_or(mask::MASK);
        let value = match name.as_str() {
            "authorization" => authorization(text),
            name if FIELDS.contains(&name) => mask::text(text),
            _ => mask::MASK.to_owned(),
        };
        (mask::text(name.as_str()), value)
    };
    headers.iter().map(shown).collect()
}

/// `User …, Organization …`: which parts there are.
fn authorization(value: &str) -> String {
    let word = |part: &str| {
        let (word, rest) = part.trim().split_once(' ').unwrap_or((part.trim(), ""));
        let known =
            ["user", "organization", "your_mom", "element"].contains(&word.to_ascii_lowercase().as_str());
        match (known, rest.is_empty()) {
            (true, true) => word.to_owned(),
            (true, false) => format!("{word} {}", mask::MASK),
            (false, _) => mask::MASK.to_owned(),
        }
    };
    value.split(',').map(word).collect::<Vec<_>>().join(", ")
}

fn body(headers: &HeaderMap, body: &[u8], catalogue: &Catalogue) -> String {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let shown = match kind.as_str() {
        _ if body.is_empty() => Some(String::new()),
        _ if body.len() > LARGEST_BODY => None,
        "application/json" => {
            serde_json::from_slice(body).ok().map(|value| json(&value, catalogue).to_string())
        }
        "application/x-www-form-urlencoded" => Some(form(body)),
        _ => None,
    };
    let known = ["application/json", "application/x-www-form-urlencoded", "text/html", "text/plain"];
    let kind = if known.contains(&kind.as_str()) { kind.as_str() } else { "another type" };
    shown.unwrap_or_else(|| format!("({} bytes of {kind})", body.len()))
}

/// Names of forms are as free as those of JSON.
fn form(body: &[u8]) -> String {
    let pairs = form_urlencoded::parse(body);
    let pairs = pairs.map(|(name, value)| match name.as_ref() {
        "decision" => format!("{name}={}", mask::text(&value)),
        _ => format!("{}={}", mask::text(&name), mask::MASK),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn json(value: &Value, catalogue: &Catalogue) -> Value {
    match value {
        Value::Object(members) => object(members, catalogue, false).into(),
        Value::Array(items) => items.iter().map(|item| json(item, catalogue)).collect(),
        Value::String(text) => string(text, catalogue).into(),
        _ => value.clone(),
    }
}

/// It may be JSON again, as a message of the provider's is.
fn string(text: &str, catalogue: &Catalogue) -> String {
    let inner = if text.starts_with(['{', '[']) { serde_json::from_str(text).ok() } else { None };
    inner.map_or_else(|| mask::text(text), |inner| json(&inner, catalogue).to_string())
}

fn object(members: &Map<String, Value>, catalogue: &Catalogue, is_configuration: bool) -> Map<String, Value> {
    let is_secret_entry = |key: &str| mask::is_secret_name(key) || catalogue.has_secret_entry(key);
    // An entry of a configuration has its name as a value, `{"key": "password", "propertyValue": …}`, or in the path.
    let entry = members.get("key").and_then(Value::as_str).is_none_or(is_secret_entry);
    let shown = |(name, value): (&String, &Value)| {
        let secret = mask::is_secret_name(name)
            || name == "providerData"
            || (entry && name == "propertyValue")
            || (is_configuration && is_secret_entry(name));
        let value = match value {
            value if secret => masked(value),
            Value::Object(entries) => object(entries, catalogue, name == "configuration").into(),
            value => json(value, catalogue),
        };
        (mask::text(name), value)
    };
    members.iter().map(shown).collect()
}

/// The same shape without the values. What is empty says so.
fn masked(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (mask::text(name), masked(value))).collect()
        }
        Value::Array(items) => items.iter().map(masked).collect(),
        Value::Null => Value::Null,
        Value::String(text) if text.is_empty() => Value::String(String::new()),
        _ => mask::MASK.into(),
    }
}
