//! What takes secrets out of a text: by the name that they stand under, and by their own look.

/// In place of a value.
pub(super) const MASK: &str = "…";

/// Parts of names, in lower case, under which secrets stand.
const SECRET_NAMES: [&str; 19] = [
    "secret",
    "token",
    "pass",
    "code",
    "verifier",
    "authorization",
    "cookie",
    "credential",
    "api.key",
    "apikey",
    "api_key",
    "oauthurl",
    "state",
    "bearer",
    "private.key",
    "private_key",
    "privatekey",
    "session",
    "signature",
];

/// Every secret of the sandbox begins with it.
const PREFIX: &str = "sandbox-";
/// The same in Base64, by where in a group of three bytes it begins.
const PREFIX_IN_BASE64: [&str; 3] = ["c2FuZGJveC", "NhbmRib3gt", "zYW5kYm94L"];

pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// A value under its name.
pub(super) fn member(name: &str, value: &str) -> String {
    if is_secret_name(name) && !value.is_empty() { MASK.to_owned() } else { text(value) }
}

/// A text without the secrets of the sandbox, however they are spelled, and without the user and the query of a URL.
pub(super) fn text(text: &str) -> String {
    let shown = without_user(without_base64(without_secrets(text)));
    match secret_query(&shown).and_then(|start| shown.get(..start)) {
        Some(before) => format!("{before}{MASK}"),
        None => shown,
    }
}

/// Where a query begins that may have secrets in it: that of a URL, or one with a secret name, by itself or in a path.
fn secret_query(text: &str) -> Option<usize> {
    let mark = text.find(['?', '#']).map(|mark| mark + 1);
    let start = mark.unwrap_or(0);
    let has_secret = || {
        let query = text.get(start..).unwrap_or_default().as_bytes();
        form_urlencoded::parse(query).any(|(name, value)| {
            is_secret_name(&name) && !name.contains(char::is_whitespace) && !value.is_empty()
        })
    };
    if text.contains("://") { mark } else { has_secret().then_some(start) }
}

/// `https://user:password@host`
fn without_user(text: String) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text };
    let end = rest.find(|c: char| "/?#".contains(c) || c.is_whitespace()).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')).and_then(|at| rest.get(at..)) {
        Some(rest) => format!("{scheme}://{MASK}{rest}"),
        None => text,
    }
}

fn without_base64(text: String) -> String {
    let has_secret = |text: &str| PREFIX_IN_BASE64.iter().any(|prefix| text.contains(prefix));
    if !has_secret(&text) {
        return text;
    }
    let is_between = |c: char| !(c.is_ascii_alphanumeric() || "+/-_=%".contains(c));
    let masked = |part: &str| {
        let word = part.trim_end_matches(is_between);
        if has_secret(word) { part.replace(word, MASK) } else { part.to_owned() }
    };
    text.split_inclusive(is_between).map(masked).collect()
}

/// `sandbox-code+/…` and its kin, in which `+` may be `%2B`, `%252B`, a space or an escape, and ids of consent pages.
fn without_secrets(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, found)) = rest.split_once(PREFIX) {
        shown.push_str(before);
        shown.push_str(PREFIX);
        let kind =
            found.find(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c))).unwrap_or(found.len());
        let (kind, after) = found.split_at_checked(kind).unwrap_or((found, ""));
        if kind.starts_with("page-") && !kind.starts_with("page-after-") {
            shown.push_str("page-");
            shown.push_str(MASK);
            rest = after;
        } else if after.starts_with(['+', '%', '\\']) || after.starts_with(" /") || after.starts_with(" %") {
            shown.push_str(kind);
            shown.push_str(MASK);
            let secret = |c: char| c.is_ascii_alphanumeric() || "+/=%\\".contains(c);
            rest = after.trim_start_matches(' ').trim_start_matches(secret);
        } else {
            shown.push_str(kind);
            rest = after;
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_in_every_spelling() {
        for (given, shown) in [
            ("x sandbox-code+/4Xr9/+a=, y", "x sandbox-code…, y"),
            ("sandbox-instance-token%2B%2F4Xr9%3D&b", "sandbox-instance-token…&b"),
            ("sandbox-code%252b%252f4Xr9%253D", "sandbox-code…"),
            ("sandbox-code /4Xr9=", "sandbox-code…"),
            (r"sandbox-code+\/4Xr9=", "sandbox-code…"),
            (r"sandbox-code\u002b\u002f4Xr9=", "sandbox-code…"),
            ("sandbox-page-0123456789abcdef01234567", "sandbox-page-…"),
            ("sandbox-page-after-7", "sandbox-page-after-7"),
            ("sandbox-etsy-client-id", "sandbox-etsy-client-id"),
            ("sandbox-code+/a=sandbox-code+/b=", "sandbox-code…-code+/b="),
            ("https://x/cb?code=1", "https://x/cb?…"),
            ("https://joe:hunter2@x/y@z", "https://…@x/y@z"),
            ("/cb?code=1", "/cb?…"),
            ("code=1&state=2", "…"),
            ("page=1", "page=1"),
            ("Give state=on to the call", "Give state=on to the call"),
            ("Basic c2FuZGJveC1jb2RlKy80WHI5, x", "Basic …, x"),
            ("eHNhbmRib3gtY29kZSsvNFhyOQ== eHlzYW5kYm94LWNvZGUrLzRYcjk=", "… …"),
            ("no secret? none", "no secret? none"),
        ] {
            assert_eq!(text(given), shown, "{given}");
        }
    }
}
