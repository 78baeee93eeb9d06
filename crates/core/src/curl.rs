//! A request as a curl command that a person can run, with variables where secrets stand.

use std::fmt::Write as _;

use http::{Request, header};
use serde_json::Value;

use crate::encode;

/// Query parameters and members of a body whose values are shown, because they are no secrets and tell what the call
/// does. A name that is not here stands for a variable, so that a name nobody thought of leaks nothing.
const SHOWN: [&str; 22] = [
    "apiKey",
    "callbackUrl",
    "count",
    "description",
    "id",
    "key",
    "name",
    "nextPage",
    "oauth.api.key",
    "oauth.callback.url",
    "oauth.scope",
    "page",
    "pageSize",
    "base.url",
    "scope",
    "searchText",
    "siteAddress",
    "subdomain",
    "tags",
    "tags[]",
    "where",
    "hydrate",
];

/// The command that sends `request`, for a POSIX shell: straight quotes, one argument a line, lines joined by `\`.
///
/// Secrets are replaced by variables: `$USER_SECRET`, `$ORGANIZATION_SECRET`, `$INSTANCE_TOKEN` in the `Authorization`
/// header, and in query and body the name in capitals (`apiSecret` is `$API_SECRET`, `oauth.api.secret` is
/// `$OAUTH_API_SECRET`). A query with a variable is given by `--data-urlencode`, so that curl encodes its value.
///
/// ```
/// use your_moms_core::{CallbackUrl, ClientCredentials, Credentials, OauthUrl, Operation, Platform, State, curl};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let client = ClientCredentials::new("my-key", "my-secret")?;
/// let callback = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
/// let request = OauthUrl::new("instagram", &client, &callback, &State::new("hc-5d1")?).request(&platform)?;
/// assert_eq!(
///     curl(&request),
///     r#"curl -X GET \
///   -G \
///   --data-urlencode 'apiKey=my-key' \
///   --data-urlencode 'apiSecret='"$API_SECRET" \
///   --data-urlencode 'callbackUrl=https://www.mycoolapp.com/auth' \
///   --data-urlencode 'state='"$STATE" \
///   -H 'accept: application/json' \
///   'https://api.cloud-your_moms.com/your_moms/api-v2/your_moms/instagram/oauth/url'"#
/// );
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
pub fn curl(request: &Request<Vec<u8>>) -> String {
    let mut lines = vec![format!("curl -X {}", request.method())];
    let uri = request.uri().to_string();
    let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
    let mut target = Word::default();
    target.text(path);
    // `-G` moves all data into the query, so it cannot stand beside a body.
    let in_query = request.body().is_empty();
    if in_query && !query.is_empty() {
        lines.push("-G".to_owned());
    }
    for (at, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| encode::decode(text, false).unwrap_or_else(|| text.to_owned());
        let shown = SHOWN.contains(&decoded(name).as_str());
        if in_query {
            let mut data = Word::default();
            data.text(&decoded(name)).text("=").text_or_variable(shown, &decoded(value), name);
            lines.push(format!("--data-urlencode {}", data.quoted()));
        } else {
            target
                .text(if at == 0 { "?" } else { "&" })
                .text(name)
                .text("=")
                .text_or_variable(shown, value, name);
        }
    }
    for (name, value) in request.headers() {
        let mut header = Word::default();
        header.text(name.as_str()).text(": ");
        match value.to_str() {
            Ok(value) if name == header::AUTHORIZATION => authorization(&mut header, value),
            value => {
                let shown = [header::ACCEPT, header::CONTENT_TYPE].contains(name);
                header.text_or_variable(shown, value.unwrap_or_default(), name.as_str());
            }
        }
        lines.push(format!("-H {}", header.quoted()));
    }
    if !request.body().is_empty() {
        lines.push(format!("--data-binary {}", body(request.body()).quoted()));
    }
    lines.push(target.quoted());
    lines.join(" \\\n  ")
}

/// `User …, Organization …, Your_mom …`, whatever the third word is.
fn authorization(word: &mut Word, value: &str) {
    for (at, part) in value.split(", ").enumerate() {
        let (scheme, _) = part.split_once(' ').unwrap_or(("", part));
        word.text(if at == 0 { "" } else { ", " }).text(scheme).text(" ");
        word.variable(match scheme {
            "User" => "USER_SECRET",
            "Organization" => "ORGANIZATION_SECRET",
            _ => "INSTANCE_TOKEN",
        });
    }
}

fn body(bytes: &[u8]) -> Word {
    let mut word = Word::default();
    match serde_json::from_slice(bytes) {
        Ok(value) => json(&mut word, &value, None),
        Err(_) => drop(word.variable("BODY")),
    }
    word
}

/// Writes JSON with a variable for each text that is not known to be harmless. `name` is the member it stands under.
fn json(word: &mut Word, value: &Value, name: Option<&str>) {
    match value {
        Value::Object(members) => {
            word.text("{");
            for (at, (member, value)) in members.iter().enumerate() {
                let separator = if at == 0 { "" } else { "," };
                word.text(separator).text(&Value::from(member.as_str()).to_string()).text(":");
                json(word, value, Some(member));
            }
            word.text("}");
        }
        Value::Array(items) => {
            word.text("[");
            for (at, item) in items.iter().enumerate() {
                word.text(if at == 0 { "" } else { "," });
                json(word, item, name);
            }
            word.text("]");
        }
        Value::String(_) if name.is_none_or(|name| !SHOWN.contains(&name)) => {
            word.text("\"").variable(name.unwrap_or("text")).text("\"");
        }
        other => drop(word.text(&other.to_string())),
    }
}

/// One argument of a command, made of text and variables.
#[derive(Default)]
struct Word(Vec<Piece>);

enum Piece {
    Text(String),
    Variable(String),
}

impl Word {
    fn text(&mut self, text: &str) -> &mut Self {
        if let Some(Piece::Text(last)) = self.0.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.0.push(Piece::Text(text.to_owned()));
        }
        self
    }

    fn text_or_variable(&mut self, shown: bool, text: &str, name: &str) -> &mut Self {
        if shown { self.text(text) } else { self.variable(name) }
    }

    /// `oauth.api.secret` and `apiSecret` as shells write variables: `OAUTH_API_SECRET`, `API_SECRET`.
    fn variable(&mut self, name: &str) -> &mut Self {
        let mut variable = String::new();
        let mut after_lower = false;
        for c in name.chars() {
            let word_character = c.is_ascii_alphanumeric();
            if (c.is_ascii_uppercase() && after_lower) || (!word_character && !variable.is_empty()) {
                variable.push('_');
            }
            if word_character {
                variable.push(c.to_ascii_uppercase());
            }
            after_lower = c.is_ascii_lowercase();
        }
        if !variable.starts_with(|c: char| c.is_ascii_alphabetic()) {
            variable.insert_str(0, "VALUE_");
        }
        self.0.push(Piece::Variable(variable));
        self
    }

    /// Text in single quotes, where a shell changes nothing; variables in double quotes, where it does not split them.
    fn quoted(&self) -> String {
        let mut quoted = String::new();
        for piece in &self.0 {
            // Writing to a `String` cannot fail.
            let _ = match piece {
                Piece::Text(text) => write!(quoted, "'{}'", text.replace('\'', r"'\''")),
                Piece::Variable(name) => write!(quoted, "\"${name}\""),
            };
        }
        quoted
    }
}
