//! What a request holds that its response must not be printed with.

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, Request};
use serde_json::Value;
use your_moms_core::Secret;

use super::{LONG, Mask};
use crate::secrets::is_secret_name;

impl Mask {
    /// Masks the values of `request`, of its query and of its JSON body, whose names say that they are secret.
    pub(crate) fn add_secrets_of(&mut self, request: &Request<Vec<u8>>) {
        values(request, &mut |name, value| {
            if is_secret_name(name) {
                self.add(&Secret::from(value));
            }
        });
    }

    /// Masks all texts among the values of `request` that are long enough to be a secret, those of its headers among them: for
    /// an error, which may go into a log.
    pub(crate) fn add_values_of(&mut self, request: &Request<Vec<u8>>) {
        self.add_secrets_of(request);
        let mut add = |value: &str| {
            if value.chars().count() >= LONG {
                self.add(&Secret::from(value));
            }
        };
        values(request, &mut |_, value| add(value));
        // Numbers that are longer than any of this program's.
        let body = String::from_utf8_lossy(request.body());
        body.split(|c: char| !c.is_ascii_digit()).for_each(&mut add);
        let headers = request.headers().iter().filter(|(name, _)| !PLAIN.contains(name));
        for value in headers.filter_map(|(_, value)| value.to_str().ok()) {
            add(value);
            // Without a scheme such as `Bearer`.
            add(value.rsplit(' ').next().unwrap_or_default());
        }
    }
}

/// Headers that say the same in every request.
const PLAIN: [HeaderName; 3] = [ACCEPT, CONTENT_TYPE, USER_AGENT];

fn values(request: &Request<Vec<u8>>, found: &mut dyn FnMut(&str, &str)) {
    let query = request.uri().query().unwrap_or_default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        found(&name, &value);
    }
    if let Ok(body) = serde_json::from_slice(request.body()) {
        texts("", &body, found);
    }
}

/// Every text and number in `value`, with the name of the member that it is in: the outermost one that sounds secret, if one
/// does.
fn texts(name: &str, value: &Value, found: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::String(text) => found(name, text),
        Value::Number(number) => found(name, &number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| texts(name, item, found)),
        Value::Object(members) => members.iter().for_each(|(member, value)| {
            texts(if is_secret_name(name) { name } else { member }, value, found);
        }),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_query_and_body_are_known() {
        let body =
            br#"{"password": "pa\"ss", "pin": 12345678, "list": [{"name": "Holiday"}], "accessToken": "tok",
            "credentials": {"of": [{"app": "hunter"}]}, "card": 12345678901234567890123}"#;
        let uri = "https://api.example/hubs?count=200&where=id%3D4711-4712&code=c%2Fd";
        let request = Request::get(uri)
            .header("x-key", "Bearer 0xCAFE")
            .header("accept", "text/plain")
            .body(body.to_vec())
            .unwrap();
        let text = r#"bad 200 id=4711-4712 c/d pa\"ss 12345678 Holiday tok hunter 12345678901234567890123 0xCAFE text/plain"#;
        let mut mask = Mask::default();
        mask.add_secrets_of(&request);
        assert_eq!(
            mask.clean(text),
            "bad 200 id=4711-4712 … … 12345678 Holiday … … 12345678901234567890123 0xCAFE text/plain"
        );
        mask.add_values_of(&request);
        assert_eq!(mask.clean(text), "bad 200 … … … … … … … … … text/plain");
    }
}
