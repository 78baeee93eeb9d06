//! Which parts of a text must not be shown.
//!
//! The text may be broken, so no parser is asked: a name that sounds secret is followed to its value, wherever that stands.

use std::ops::Range;

use your_moms_core::text::placeholders;

/// Where secret values stand in a file or a command, in bytes and in their order: tokens, codes, passwords, what follows
/// `User` and `Organization`, cookies, and values of queries. Placeholders are not secret.
///
/// ```
/// use your_moms_diagnosis::secret_spans;
///
/// assert_eq!(secret_spans(r#"{"password": "abc", "name": "x"}"#), [14..17]);
/// ```
pub fn secret_spans(text: &str) -> Vec<Range<usize>> {
    let mut scan = Scan { text, at: 0, found: Vec::new() };
    while let Some(word) = scan.next_word() {
        scan.look(word);
    }
    let known = placeholders(text);
    let mut found = Vec::with_capacity(scan.found.len());
    for span in scan.found {
        without(span, &known, &mut found);
    }
    found
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
        let lower = word.to_ascii_lowercase();
        let option =
            matches!(word, "-u" | "--user" | "-U" | "--proxy-user" | "--oauth2-bearer" | "-b" | "--cookie");
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
                let name = if lower.contains("user") || lower == "-u" {
                    self.text.get(start..end).and_then(|value| value.find(':')).map_or(0, |colon| colon + 1)
                } else {
                    0
                };
                Some((start + name, end))
            }
            _ if matches!(word, "User" | "Organization" | "Your_mom" | "Element" | "Bearer" | "Basic") => {
                let start = self.skip(span.end, &[' ', '\t']);
                (start > span.end).then(|| (start, self.bare_end(start)))
            }
            _ if is_secret(&lower) => self.value_after(span.end).map(|start| (start, self.value_end(start))),
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

    /// Where the value of the name begins that ends at `at`: behind quotes, a `:` or `=`, and line breaks.
    fn value_after(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let after = rest.trim_start_matches(|c: char| is_quote(c) || c == '\\' || c == ']');
        let separated = after.trim_start_matches([' ', '\t', '\n', '\r']);
        let value = separated.strip_prefix([':', '=']).or_else(|| {
            // Between the two quotes of a name and its value the colon may be forgotten.
            let closed = rest.len() > after.len();
            separated.starts_with(is_quote).then_some(separated).filter(|_| closed)
        })?;
        let value = value.trim_start_matches([' ', '\t', '\n', '\r', '\\']);
        let value = value.strip_prefix(is_quote).unwrap_or(value);
        let value = value.strip_prefix("\\\"").unwrap_or(value);
        let start = self.text.len() - value.len();
        (!value.starts_with(['{', '['])).then_some(start)
    }

    /// The end of a header's value.
    fn line_end(&self, start: usize) -> usize {
        let rest = self.rest(start);
        start + rest.find(|c| c == '\n' || is_quote(c)).unwrap_or(rest.len())
    }

    fn argument_end(&self, start: usize, quote: Option<char>) -> usize {
        let rest = self.rest(start);
        let ends = |c: char| if quote.is_some() { is_quote(c) || c == '\n' } else { c.is_whitespace() };
        start + rest.find(ends).unwrap_or(rest.len())
    }

    /// The end of a secret that is one word.
    fn bare_end(&self, start: usize) -> usize {
        let rest = self.rest(start);
        start + rest.find(|c: char| c.is_whitespace() || c == ',' || is_quote(c)).unwrap_or(rest.len())
    }

    /// The end of a value: its quote, or what ends a value without one. Where the quote is forgotten, the value may go on in
    /// the next line, and is hidden there too.
    fn value_end(&self, start: usize) -> usize {
        let quoted = self.text.get(..start).is_some_and(|before| before.ends_with(is_quote));
        let rest = self.rest(start);
        if !quoted {
            let end = rest.find(|c: char| {
                c.is_whitespace() || matches!(c, ',' | '&' | '}' | ']' | '#' | ';') || is_quote(c)
            });
            return start + end.unwrap_or(rest.len());
        }
        let mut end = 0;
        let mut escaped = false;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            end = at;
            if std::mem::take(&mut escaped) {
                continue;
            }
            if c == '\\' {
                if matches!(chars.peek(), Some((_, '"'))) && self.ends_here(start + at + 2) {
                    return start + at;
                }
                escaped = true;
                continue;
            }
            if is_quote(c) && self.ends_here(start + at + c.len_utf8()) {
                return start + at;
            }
            if c == '\n' && self.is_next_line_another(start + at + 1) {
                return start + rest.get(..at).unwrap_or_default().trim_end_matches(['\r', ' ', ',']).len();
            }
            end = at + c.len_utf8();
        }
        start + end
    }

    /// Whether a value ends before `at`.
    fn ends_here(&self, at: usize) -> bool {
        let next = self.rest(at).trim_start_matches([' ', '\t']).chars().next();
        next.is_none_or(|c| {
            matches!(c, ',' | '}' | ']' | ':' | '\n' | '\r' | '"' | '\'' | '\\' | ';') || is_quote(c)
        })
    }

    /// Whether a line begins with a member or a bracket.
    fn is_next_line_another(&self, at: usize) -> bool {
        let line = self.rest(at).trim_start_matches([' ', '\t']);
        line.starts_with(['}', ']', '{', '[', '-']) || line.starts_with(is_quote)
    }

    /// What follows `Authorization:`, but for the words between the secrets.
    fn credentials(&mut self, start: usize) {
        let end = self.line_end(start);
        let mut at = start;
        while at < end {
            let rest = self.text.get(at..end).unwrap_or_default();
            let word = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
            let found = rest.get(..word).unwrap_or_default();
            let next = rest.get(word..).unwrap_or_default();
            let names = next.starts_with(' ')
                && found.chars().all(|c| c.is_alphabetic() || c == '_')
                && found.len() < 20;
            if !found.is_empty() && !names {
                self.found.push(at..at + word);
            }
            let gap = next.len() - next.trim_start_matches([' ', '\t', ',']).len();
            at += word + gap.max(1);
        }
        self.at = self.at.max(end);
    }
}

/// Whether a value of this name, in small letters, should not be seen.
fn is_secret(name: &str) -> bool {
    let secret =
        ["secret", "password", "passwd", "token", "verifier", "private", "credential", "x-api-key", "cookie"];
    let is_code = name == "code"
        || name.ends_with(['.', '_', '-']) && name.contains("code")
        || name.ends_with("oauth.code")
        || name.ends_with("_code");
    (secret.iter().any(|word| name.contains(word)) || is_code)
        && !(name.ends_with("url") || name.contains(".json"))
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
            ("{\"a\": \"{\\\"token\\\": \\\"abc\\\"}\"}", "{\"a\": \"{\\\"token\\\": \\\"***\\\"}\"}"),
            ("\"oauth.token.url\": \"https://h\"", "\"oauth.token.url\": \"https://h\""),
            ("\"code\": \"<INSERT_CODE>\"", "\"code\": \"<INSERT_CODE>\""),
            ("User <user secret>, Organization abc", "User <user secret>, Organization ***"),
        ] {
            assert_eq!(hidden(text), shown);
        }
    }
}
