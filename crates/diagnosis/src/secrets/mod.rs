//! Which parts of a text must not be shown.
//!
//! The text may be broken, so no parser is asked: a name that sounds secret is followed to its value, wherever that stands.

mod names;
mod value;

use std::ops::Range;

use your_moms_core::text::placeholders;

use names::{OPTIONS, PARTS, is_secret};

/// Where secret values stand in a file or a command, in bytes and in their order: tokens, codes, passwords, what follows
/// `User` and `Organization`, cookies, and values of queries. Placeholders are not secret.
///
/// ```
/// use your_moms_diagnosis::secret_spans;
///
/// assert_eq!(secret_spans(r#"{"password": "abc", "name": "x"}"#), [14..17]);
/// ```
pub fn secret_spans(text: &str) -> Vec<Range<usize>> {
    let mut scan = Scan { text, at: 0, named: None, found: Vec::new() };
    while let Some(word) = scan.next_word() {
        scan.look(word);
    }
    let known = placeholders(text);
    let mut found = Vec::with_capacity(scan.found.len());
    for span in scan.found.into_iter().filter(|span| !is_variable(text.get(span.clone()).unwrap_or_default()))
    {
        without(span, &known, &mut found);
    }
    found
}

/// `$SECRET`, `${SECRET}`, `{secret}`: a name that something else is put in for. With a digit in it, it may be a password.
fn is_variable(text: &str) -> bool {
    let name = text.strip_prefix('$').or_else(|| text.starts_with('{').then_some(text)).unwrap_or_default();
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

/// The parts of `span` that are no placeholders.
fn without(span: Range<usize>, known: &[Range<usize>], found: &mut Vec<Range<usize>>) {
    let from = known.partition_point(|blank| blank.end <= span.start);
    let mut start = span.start;
    for blank in known.iter().skip(from).take_while(|blank| blank.start < span.end) {
        if blank.start > start {
            found.push(start..blank.start);
        }
        start = start.max(blank.end);
    }
    if start < span.end {
        found.push(start..span.end);
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Where the value ends that names a secret: `{"key": "password", "propertyValue": …}`.
    named: Option<usize>,
    found: Vec<Range<usize>>,
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '\u{ab}' | '\u{bb}')
}

impl Scan<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn next_word(&mut self) -> Option<Range<usize>> {
        let start = self.at + self.rest(self.at).find(is_name)?;
        let rest = self.rest(start);
        self.at = start + rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        Some(start..self.at)
    }

    fn look(&mut self, span: Range<usize>) {
        let word = self.text.get(span.clone()).unwrap_or_default();
        // No name and no option is this short, and a text can be full of such words.
        if word.len() < 2 {
            return;
        }
        let lower = word.to_ascii_lowercase();
        let option = OPTIONS.contains(&word);
        let value = match lower.as_str() {
            "authorization" | "proxy-authorization" => {
                if let Some(start) = self.value_after(span.end) {
                    self.credentials(start);
                }
                return;
            }
            "cookie" | "set-cookie" => self.value_after(span.end).map(|start| (start, self.line_end(start))),
            _ if option => {
                let start = self.skip(span.end, &[' ', '\t', '=']);
                let quoted = self.rest(start).chars().next().filter(|c| is_quote(*c));
                let start = start + quoted.map_or(0, char::len_utf8);
                let end = self.argument_end(start, quoted);
                // The user's name may be seen.
                let has_name = !matches!(word, "--oauth2-bearer" | "-b" | "--cookie" | "--pass");
                let name = if has_name {
                    self.text.get(start..end).and_then(|value| value.find(':')).map_or(0, |colon| colon + 1)
                } else {
                    0
                };
                Some((start + name, end))
            }
            _ if PARTS.contains(&word) => {
                let start = self.skip(span.end, &[' ', '\t']);
                (start > span.end).then(|| (start, self.bare_end(start)))
            }
            "http" | "https" => self.userinfo(span.end),
            "propertyvalue" | "value" | "defaultvalue" if self.is_named(span.start) => self.value(&span),
            _ if is_secret(&lower) => {
                let value = self.element(&span).or_else(|| self.value(&span));
                if value.is_none() {
                    self.named = Some(span.end);
                }
                value
            }
            // `-ume:secret`
            _ if word.starts_with("-u") && self.rest(span.end).starts_with(':') => {
                Some((span.end + 1, self.bare_end(span.end + 1)))
            }
            _ => None,
        };
        if let Some((start, end)) = value.filter(|(start, end)| end > start) {
            self.found.push(start..end);
            self.at = self.at.max(end);
        }
    }

    fn skip(&self, at: usize, chars: &[char]) -> usize {
        let rest = self.rest(at);
        at + rest.len() - rest.trim_start_matches(chars).len()
    }

    /// What follows `Authorization:`, but for the words between the secrets.
    fn credentials(&mut self, start: usize) {
        let end = self.line_end(start);
        let mut at = start;
        // A secret may look like a name, and the comma behind it may be missing: every other word is one.
        let mut after_name = false;
        while at < end {
            let rest = self.text.get(at..end).unwrap_or_default();
            let word = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
            let found = rest.get(..word).unwrap_or_default();
            let next = rest.get(word..).unwrap_or_default();
            let bare = found.trim_end_matches(':');
            let looks_like_name = next.starts_with([' ', '\t'])
                && bare.chars().all(|c| c.is_alphabetic() || c == '_')
                && bare.len() < 20;
            let names = looks_like_name && (!after_name || PARTS.contains(&bare));
            // Without quotes the command goes on behind the header.
            if !found.is_empty() && !names && !found.contains("://") {
                self.found.push(at..at + word);
            }
            after_name = names;
            let gap = next.len() - next.trim_start_matches([' ', '\t', ',']).len();
            at += word + gap.max(1);
        }
        self.at = self.at.max(end);
    }
}

#[cfg(test)]
mod tests {
    use super::secret_spans;

    fn hidden(text: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for span in secret_spans(text) {
            shown.push_str(&text[at..span.start]);
            shown.push_str("***");
            at = span.end;
        }
        shown.push_str(&text[at..]);
        shown
    }

    #[test]
    fn only_the_values_are_hidden() {
        for (text, shown) in [
            (r#""oauth.api.secret": "s3c, ret", "name": "x""#, r#""oauth.api.secret": "***", "name": "x""#),
            ("\"token\":\n  \"abc\",\n\"configuration\": {", "\"token\":\n  \"***\",\n\"configuration\": {"),
            ("{\"code\": abc}", "{\"code\": ***}"),
            ("“password”: “abc”,", "“password”: “***”,"),
            ("\"password\": \"a\"b\",", "\"password\": \"***\","),
            ("\"password\": \"abc,\n\"name\": \"x\"", "\"password\": \"***,\n\"name\": \"x\""),
            ("\"password\": \"abc\ndef\",\n\"name\": 1", "\"password\": \"***\",\n\"name\": 1"),
            (
                "-H 'Authorization: User u+/, Organization o='",
                "-H 'Authorization: User ***, Organization ***'",
            ),
            ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
            ("-H 'Cookie: a=b; c=d' -d x", "-H 'Cookie: ***' -d x"),
            ("-H \"x-api-key: abc\"", "-H \"x-api-key: ***\""),
            ("curl -u me:pass https://h", "curl -u me:*** https://h"),
            ("curl --user 'me:pa ss' https://h", "curl --user 'me:***' https://h"),
            (
                "'https://h/?apiKey=k&apiSecret=s&callbackUrl=c'",
                "'https://h/?apiKey=k&apiSecret=***&callbackUrl=c'",
            ),
            ("export API_SECRET=abc\n", "export API_SECRET=***\n"),
            ("User $USER_SECRET, Organization {orgSecret}", "User $USER_SECRET, Organization {orgSecret}"),
            ("User $ecret1, Organization ${ORG}", "User ***, Organization ${ORG}"),
            ("{\"password\": a b, \"x\": 1}", "{\"password\": ***, \"x\": 1}"),
            ("\"token\": // yours\n\"abc\"", "\"token\": // yours\n\"***\""),
            ("export TOKEN=//ab\n", "export TOKEN=***\n"),
            ("{\"password\", \"abc\"}", "{\"password\", \"***\"}"),
            ("{\"password\" => \"abc\"}", "{\"password\" => \"***\"}"),
            ("{\"password\": [\"a\", \"b\"]}", "{\"password\": [***]}"),
            ("[\"token\", \"name\"]", "[\"token\", \"name\"]"),
            ("password: |\n  abc", "password: |\n  ***"),
            ("<password>abc</password>", "<password>***</password>"),
            ("\"private\": false", "\"private\": false"),
            (
                "\"passphrase\": \"a\", \"sessionId\": \"b\"",
                "\"passphrase\": \"***\", \"sessionId\": \"***\"",
            ),
            (
                "{\"key\": \"oauth.user.token\", \"propertyValue\": \"abc\"}, {\"value\": 1}",
                "{\"key\": \"oauth.user.token\", \"propertyValue\": \"***\"}, {\"value\": 1}",
            ),
            ("\"oauth.api.scret\": \"abc\"", "\"oauth.api.scret\": \"***\""),
            ("curl -ume:pass https://h", "curl -ume:*** https://h"),
            ("curl https://me:pa@ss@h/a?x=@b", "curl https://me:***@h/a?x=@b"),
            (
                "'https://h?to=https%3A%2F%2Fh%3Fcode%3Dabc%26b%3Dc'",
                "'https://h?to=https%3A%2F%2Fh%3Fcode%3D***%26b%3Dc'",
            ),
            (
                "-H Authorization: User a, Organization b https://h",
                "-H Authorization: User ***, Organization *** https://h",
            ),
            ("Authorization: User: a", "Authorization: User: ***"),
            ("Authorization: User a Organization b", "Authorization: User *** Organization ***"),
            ("{\"a\": \"{\\\"token\\\": \\\"abc\\\"}\"}", "{\"a\": \"{\\\"token\\\": \\\"***\\\"}\"}"),
            ("\"oauth.token.url\": \"https://h\"", "\"oauth.token.url\": \"https://h\""),
            ("\"code\": \"<INSERT_CODE>\"", "\"code\": \"<INSERT_CODE>\""),
            ("User <user secret>, Organization abc", "User <user secret>, Organization ***"),
        ] {
            assert_eq!(hidden(text), shown);
        }
    }
}
