//! The secrets of what goes over the wire, by the names that they have there.

use http::{Request, Response, header};
use serde_json::Value;

use crate::watch::Scene;

/// The names of secrets in queries and bodies.
const NAMES: [(&str, &str); 14] = [
    ("apiSecret", "client secret"),
    ("oauth.api.secret", "client secret"),
    ("state", "state"),
    ("code", "code"),
    ("requestToken", "request token"),
    ("oauth_token", "request token"),
    ("secret", "request token secret"),
    ("oauth_verifier", "verifier"),
    ("token", "instance token"),
    ("password", "password"),
    ("oauth.user.token", "provider token"),
    ("sessionKey", "unknown member"),
    ("appointment", "caller's own value"),
    ("key_of_the_door", "unknown parameter"),
];

/// The words before the secrets of an `Authorization`.
const WORDS: [(&str, &str); 4] = [
    ("User ", "user secret"),
    ("Organization ", "organization secret"),
    ("Your_mom ", "instance token"),
    ("Element ", "instance token"),
];

impl Scene {
    pub(crate) fn harvest_request(&mut self, request: &Request<Vec<u8>>) {
        let authorization = request.headers().get(header::AUTHORIZATION).map(|it| it.to_str().unwrap());
        for part in authorization.unwrap_or_default().split(", ") {
            for (word, kind) in WORDS {
                part.strip_prefix(word).into_iter().for_each(|secret| self.secret(kind, secret));
            }
        }
        self.harvest_url(&request.uri().to_string());
        self.harvest_json(request.body());
    }

    pub(crate) fn harvest_response(&mut self, response: &Response<Vec<u8>>) {
        self.harvest_json(response.body());
    }

    /// A file of the program's.
    pub(crate) fn harvest_text(&mut self, json: &str) {
        self.harvest_json(json.as_bytes());
    }

    /// The query of a URL, and that of a URL in it.
    pub(crate) fn harvest_url(&mut self, url: &str) {
        let query = url.split_once('?').unwrap_or_default().1.split('#').next().unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            self.harvest_named(&name, &value);
            if name == "oauth_callback" {
                self.harvest_url(&value);
            }
        }
    }

    fn harvest_json(&mut self, body: &[u8]) {
        if let Ok(body) = serde_json::from_slice(body) {
            self.harvest_value("", &body);
        }
    }

    fn harvest_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) if name == "oauthUrl" => self.harvest_url(text),
            Value::String(text) => self.harvest_named(name, text),
            Value::Array(items) => items.iter().for_each(|item| self.harvest_value(name, item)),
            Value::Object(members) => {
                // The first step of OAuth 1.0a; elsewhere a token is an instance's.
                let is_request_token = members.contains_key("secret") && !members.contains_key("id");
                for (name, value) in members {
                    let name = if is_request_token && name == "token" { "requestToken" } else { name };
                    self.harvest_value(name, value);
                }
                // A configuration entry of an instance.
                if let (Some(Value::String(key)), Some(value)) =
                    (members.get("key"), members.get("propertyValue"))
                {
                    self.harvest_value(key, value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn harvest_named(&mut self, name: &str, value: &str) {
        // What the platform has masked is no secret, nor is the name of a field of a form.
        if let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == name) {
            self.secret(kind, value);
        }
    }
}
