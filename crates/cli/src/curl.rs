//! A request as a curl command that can be pasted, with a variable for each secret.
//!
//! A request that is only shown never holds a secret: a placeholder stands there, which becomes a variable of the shell. So
//! everything else may be shown as it is.

use std::borrow::Cow;
use std::fmt::Write as _;

use http::Request;

/// Placeholders begin and end so: letters alone, which no URL, header or JSON text writes in another way.
const OPEN: &str = "qzVARqz";
const CLOSE: &str = "qzENDqz";

/// What stands for the shell's variable `name`.
pub(crate) fn placeholder(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// A line for the shell that sets the variable `name` to what `command` prints, unless it is set already.
pub(crate) fn set(name: &str, command: &str) -> String {
    format!(": \"${{{name}:=$({command})}}\"")
}

/// The command that sends `request`, for a POSIX shell: one argument a line.
pub(crate) fn command(request: &Request<Vec<u8>>) -> String {
    command_with(request, None)
}

/// As [`command`], with the body from where curl's `source` says, such as `@body.json`: what the user keeps in a file may be a
/// secret, and is not shown.
pub(crate) fn command_with(request: &Request<Vec<u8>>, source: Option<&str>) -> String {
    let mut lines = vec![format!("curl -X {}", request.method())];
    let uri = request.uri().to_string();
    let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
    // `-G` moves all data into the query, so it cannot stand beside a body.
    let in_query = request.body().is_empty() && query.contains(OPEN);
    if in_query {
        lines.push("-G".to_owned());
        // curl encodes the value only.
        lines.extend(query.split('&').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            format!("--data-urlencode {}", quoted(&format!("{name}={}", decoded(value))))
        }));
    }
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        lines.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
    }
    if !request.body().is_empty() {
        let body = source.map_or_else(|| String::from_utf8_lossy(request.body()), Cow::from);
        lines.push(format!("--data-binary {}", quoted(&body)));
    }
    lines.push(quoted(if in_query { path } else { &uri }));
    lines.join(" \\\n  ")
}

fn decoded(value: &str) -> String {
    let pair = format!("={value}");
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Text in single quotes, where a shell changes nothing; variables in double quotes, where it does not split them.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    let mut pieces = text.split(OPEN);
    text_quoted(&mut quoted, pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, text) = piece.split_once(CLOSE).unwrap_or((piece, ""));
        // Writing to a `String` cannot fail.
        let _ = write!(quoted, "\"${name}\"");
        text_quoted(&mut quoted, text);
    }
    quoted
}

fn text_quoted(quoted: &mut String, text: &str) {
    if !text.is_empty() {
        // Writing to a `String` cannot fail.
        let _ = write!(quoted, "'{}'", text.replace('\'', r"'\''"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_a_placeholder_is_shown_as_it_is() {
        let secret = placeholder("YOUR_MOMS_SECRET");
        let request = Request::post("https://h/p?a=b%26c")
            .header("x-note", "it's")
            .body(format!("{{\"n\":1.50,\"s\":\"{secret}\"}}").into_bytes())
            .unwrap();
        assert_eq!(
            command(&request),
            r#"curl -X POST \
  -H 'x-note: it'\''s' \
  --data-binary '{"n":1.50,"s":"'"$YOUR_MOMS_SECRET"'"}' \
  'https://h/p?a=b%26c'"#
        );
        let request = Request::get(format!("https://h/p?a=b%26c+d&s={secret}")).body(Vec::new()).unwrap();
        assert_eq!(
            command(&request),
            r#"curl -X GET \
  -G \
  --data-urlencode 'a=b&c d' \
  --data-urlencode 's='"$YOUR_MOMS_SECRET" \
  'https://h/p'"#
        );
    }
}
