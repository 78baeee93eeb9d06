//! What takes secrets out of a text: by the name that they stand under, and by their own look.

/// In place of a value.
pub(super) const MASK: &str = "…";

/// Parts of names, in lower case, under which secrets stand.
const SECRET_NAMES: [&str; 14] = [
    "secret",
    "token",
    "password",
    "passwd",
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
];

/// Every secret of the sandbox begins with it.
const PREFIX: &str = "sandbox-";

pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// A value under its name.
pub(super) fn member(name: &str, value: &str) -> String {
    if is_secret_name(name) && !value.is_empty() { MASK.to_owned() } else { text(value) }
}

/// A text without the secrets of the sandbox, however they are spelled, and without the query of a URL.
pub(super) fn text(text: &str) -> String {
    let shown = without_secrets(text);
    let query = shown.find("://").and_then(|_| shown.find(['?', '#']));
    match query.and_then(|end| shown.get(..=end)) {
        Some(before) => format!("{before}{MASK}"),
        None => shown,
    }
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
            ("no secret? none", "no secret? none"),
        ] {
            assert_eq!(text(given), shown, "{given}");
        }
    }
}
