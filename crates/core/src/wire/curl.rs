//! A request as a curl command that a person can run, with variables where secrets stand.

use std::fmt::Write as _;

use http::{Request, header};
use serde_json::Value;

use crate::text::noun;
use crate::text::percent;

/// Query parameters whose values are shown, because they are no secrets and tell what the call does. A name that is not
/// here stands for a variable, so that a name nobody thought of leaks nothing.
const SHOWN_IN_QUERY: [&str; 11] = [
    "callbackUrl",
    "count",
    "nextPage",
    "page",
    "pageSize",
    "scope",
    "searchText",
    "siteAddress",
    "subdomain",
    "tags[]",
    "where",
];

/// Members of a body whose values are shown, by their path in it.
const SHOWN_IN_BODY: [&str; 8] = [
    "callbackUrl",
    "configuration.base.url",
    "configuration.oauth.api.key",
    "configuration.oauth.callback.url",
    "configuration.oauth.scope",
    "name",
    "scope",
    "tags",
];

/// Begins the name of every variable, so that none is one that a shell has already, such as `$PATH`.
const PREFIX: &str = "YOUR_MOMS_";

/// The command that sends `request`, for a POSIX shell: straight quotes, one argument a line, lines joined by `\`.
///
/// Secrets are replaced by variables: `$YOUR_MOMS_USER_SECRET`, `$YOUR_MOMS_ORGANIZATION_SECRET` and
/// `$YOUR_MOMS_INSTANCE_TOKEN` in the `Authorization` header, and in query and body the name in capitals (`apiSecret` is
/// `$YOUR_MOMS_API_SECRET`, `oauth.api.secret` is `$YOUR_MOMS_OAUTH_API_SECRET`). A query with a variable is given by
/// `--data-urlencode`, so that curl encodes its value.
///
/// ```
/// use your_moms_core::{Credentials, GetOauthUrl, Operation, Platform, Registration, State, curl};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let registration = Registration::new("instagram", "my-key", "my-secret", "https://www.mycoolapp.com/auth")?;
/// let request = GetOauthUrl::new(&registration, State::new("hc-5d1")?).request(&platform)?;
/// assert_eq!(
///     curl(&request),
///     r#"curl -X GET \
///   -G \
///   --data-urlencode 'apiKey=my-key' \
///   --data-urlencode 'apiSecret='"$YOUR_MOMS_API_SECRET" \
///   --data-urlencode 'callbackUrl=https://www.mycoolapp.com/auth' \
///   --data-urlencode 'state='"$YOUR_MOMS_STATE" \
///   -H 'accept: application/json' \
///   'https://api.cloud-your_moms.com/your_moms/api-v2/your_moms/instagram/oauth/url'"#
/// );
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
pub fn curl(request: &Request<Vec<u8>>) -> String {
    let mut lines = vec![format!("curl -X {}", request.method())];
    let uri = request.uri().to_string();
    let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
    // The key of an application is public where it asks for an OAuth URL; elsewhere the name may mean a credential.
    let is_public_key = |name: &str| name == "apiKey" && path.ends_with("/oauth/url");
    let mut target = Word::default();
    target.text(path);
    // `-G` moves all data into the query, so it cannot stand beside a body.
    let in_query = request.body().is_empty();
    if in_query && !query.is_empty() {
        lines.push("-G".to_owned());
    }
    for (at, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| percent::decode(text, false).unwrap_or_else(|| text.to_owned());
        let plain_name = decoded(name);
        let shown = SHOWN_IN_QUERY.contains(&plain_name.as_str()) || is_public_key(&plain_name);
        if in_query {
            let mut data = Word::default();
            // curl encodes the value only.
            data.text(name).text("=").text_or_variable(shown, &decoded(value), &plain_name);
            lines.push(format!("--data-urlencode {}", data.quoted()));
        } else {
            target.text(if at == 0 { "?" } else { "&" }).text(name).text("=").text_or_variable(
                shown,
                value,
                &plain_name,
            );
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
        lines.push(format!("--data-binary {}", body(request.body(), &is_public_key).quoted()));
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

fn body(bytes: &[u8], is_public_key: &dyn Fn(&str) -> bool) -> Word {
    let is_shown =
        |path: &str| SHOWN_IN_BODY.contains(&path) || is_connector_key(path) || is_public_key(path);
    let mut word = Word::default();
    match serde_json::from_slice(bytes) {
        Ok(value) => json(&mut word, &value, "", &is_shown),
        Err(_) => {
            word.variable("body");
        }
    }
    word
}

/// Writes JSON with a variable for each value that is not shown. `path` is where it stands.
fn json(word: &mut Word, value: &Value, path: &str, is_shown: &dyn Fn(&str) -> bool) {
    match value {
        Value::Object(members) => {
            word.text("{");
            for (at, (member, value)) in members.iter().enumerate() {
                let separator = if at == 0 { "" } else { "," };
                word.text(separator).text(&Value::from(member.as_str()).to_string()).text(":");
                let inner = if path.is_empty() { member.clone() } else { format!("{path}.{member}") };
                json(word, value, &inner, is_shown);
            }
            word.text("}");
        }
        Value::Array(items) => {
            word.text("[");
            for (at, item) in items.iter().enumerate() {
                word.text(if at == 0 { "" } else { "," });
                json(word, item, path, is_shown);
            }
            word.text("]");
        }
        Value::Null | Value::Bool(_) => {
            word.text(&value.to_string());
        }
        shown if is_shown(path) => {
            word.text(&shown.to_string());
        }
        hidden => {
            let quote = if hidden.is_string() { "\"" } else { "" };
            let name = path.split_once('.').map_or(path, |(_, entry)| entry);
            word.text(quote).variable(if name.is_empty() { "value" } else { name }).text(quote);
        }
    }
}

/// `your_mom.key`, whatever the noun.
fn is_connector_key(path: &str) -> bool {
    path.split_once('.').is_some_and(|(noun, member)| member == "key" && noun::KNOWN.contains(&noun))
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

    /// `oauth.api.secret` and `apiSecret` as shells write variables: `YOUR_MOMS_OAUTH_API_SECRET`, `YOUR_MOMS_API_SECRET`.
    fn variable(&mut self, name: &str) -> &mut Self {
        let mut variable = PREFIX.to_owned();
        let mut after_lower = false;
        for c in name.chars() {
            let word_character = c.is_ascii_alphanumeric();
            if (c.is_ascii_uppercase() && after_lower) || (!word_character && !variable.ends_with('_')) {
                variable.push('_');
            }
            if word_character {
                variable.push(c.to_ascii_uppercase());
            }
            after_lower = c.is_ascii_lowercase();
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
