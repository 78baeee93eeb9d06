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

/// A line for the shell that says so if the variable `name` is not set.
pub(crate) fn require(name: &str) -> String {
    format!(": \"${{{name}:?is to be set: its value is not shown here}}\"")
}

/// Where a variable's value goes, which a shell puts there as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Plain,
    Json,
    Url,
}

impl Place {
    /// The shell's function that writes a value as the place has it, if it is to be written in another way.
    fn function(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Plain => None,
            Self::Json => Some((
                "in_json",
                r#"printf %s "$1" | awk '{ gsub(/["\\]/, "\\\\&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s%s", br, $0; br = "\\n" }'"#,
            )),
            Self::Url => {
                Some(("in_url", r#"printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'"#))
            }
        }
    }

    /// The variable `name`, in double quotes: there a shell does not split it.
    fn variable(self, name: &str) -> String {
        match self.function() {
            None => format!("\"${name}\""),
            Some((function, _)) => format!("\"$({function} \"${name}\")\""),
        }
    }
}

/// The command that sends `request`, for a POSIX shell: one argument a line, after the functions that it needs.
pub(crate) fn command(request: &Request<Vec<u8>>) -> String {
    command_with(request, None)
}

/// As [`command`], with the body from where curl's `source` says, such as `@body.json`: what the user keeps in a file may be a
/// secret, and is not shown.
pub(crate) fn command_with(request: &Request<Vec<u8>>, source: Option<&str>) -> String {
    let (place, body) = match source {
        Some(source) => (Place::Plain, Cow::from(source)),
        None => (Place::Json, String::from_utf8_lossy(request.body())),
    };
    let uri = request.uri().to_string();
    let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
    // `-G` moves all data into the query, so it cannot stand beside a body.
    let in_query = body.is_empty() && query.contains(OPEN);
    let url = if in_query { path } else { &uri };

    let mut command = String::new();
    for (place, text) in [(place, body.as_ref()), (Place::Url, url)] {
        if text.contains(OPEN)
            && let Some((name, commands)) = place.function()
        {
            // Writing to a `String` cannot fail.
            let _ = writeln!(command, "{name}() {{ {commands}; }}");
        }
    }

    let mut lines = vec![format!("curl -X {}", request.method())];
    if in_query {
        lines.push("-G".to_owned());
        // curl encodes the value only.
        lines.extend(query.split('&').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            format!("--data-urlencode {}", quoted(&format!("{name}={}", decoded(value)), Place::Plain))
        }));
    }
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        lines.push(format!("-H {}", quoted(&format!("{name}: {value}"), Place::Plain)));
    }
    if !body.is_empty() {
        lines.push(format!("--data-binary {}", quoted(&body, place)));
    }
    lines.push(quoted(url, Place::Url));
    command.push_str(&lines.join(" \\\n  "));
    command
}

fn decoded(value: &str) -> String {
    let pair = format!("={value}");
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Text in single quotes, where a shell changes nothing, and variables as `place` has them.
fn quoted(text: &str, place: Place) -> String {
    let mut quoted = String::new();
    let mut pieces = text.split(OPEN);
    text_quoted(&mut quoted, pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, text) = piece.split_once(CLOSE).unwrap_or((piece, ""));
        quoted.push_str(&place.variable(name));
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
            r#"in_json() { printf %s "$1" | awk '{ gsub(/["\\]/, "\\\\&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s%s", br, $0; br = "\\n" }'; }
curl -X POST \
  -H 'x-note: it'\''s' \
  --data-binary '{"n":1.50,"s":"'"$(in_json "$YOUR_MOMS_SECRET")"'"}' \
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
