//! Redirect URIs: which are registered, and what is added to one.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Whether `uri` is `registered`, character by character (RFC 9700 §2.1); only a loopback IP may differ in its port.
pub(super) fn matches(registered: &str, uri: &str) -> bool {
    registered == uri
        || without_loopback_port(registered).is_some_and(|it| Some(it) == without_loopback_port(uri))
}

/// Host and rest of an `http` URI at a loopback IP.
fn without_loopback_port(uri: &str) -> Option<(&str, &str)> {
    let (host, rest) = ["http://127.0.0.1", "http://[::1]"]
        .into_iter()
        .find_map(|host| Some((host, uri.strip_prefix(host)?)))?;
    let rest = match rest.strip_prefix(':') {
        Some(port) => {
            let end = port.find(|c: char| !c.is_ascii_digit()).unwrap_or(port.len());
            let (digits, rest) = port.split_at(end);
            digits.parse::<u16>().ok().filter(|port| *port > 0)?;
            rest
        }
        None => rest,
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

/// Adds parameters to the query of `uri`, and keeps what is there (RFC 6749 §3.1.2).
pub(crate) fn with_parameters(uri: &str, parameters: &[(&str, &str)]) -> String {
    if parameters.is_empty() {
        return uri.to_owned();
    }
    let added = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let separator = match uri.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{uri}{separator}{added}")
}

/// What a `Content-Security-Policy` has to allow so that a form may end at `uri`.
///
/// The policy knows no IPv6 hosts, and nothing but letters, digits and `.-:` may come near its separators: then the
/// scheme alone is allowed.
pub(super) fn csp_source(uri: &str) -> String {
    let safe = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b));
    let (scheme, rest) = uri.split_once(':').unwrap_or(("https", ""));
    let scheme = if safe(scheme) { scheme } else { "https" };
    let authority = rest.strip_prefix("//").map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
    match authority {
        Some(authority) if !authority.is_empty() && safe(authority) => format!("{scheme}://{authority}"),
        _ => format!("{scheme}:"),
    }
}

/// As much of a URI as a person wants to read.
pub(super) fn shown(uri: &str) -> &str {
    uri.split('?').next().unwrap_or_default()
}

/// A `Location` is ASCII (RFC 9110 §10.2.2); a registered URI need not be.
pub(super) fn ascii(uri: &str) -> Cow<'_, str> {
    const OUTSIDE: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(uri, OUTSIDE).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_a_loopback_ip_is_free() {
        let registered = "http://127.0.0.1/callback";
        for uri in
            ["http://127.0.0.1/callback", "http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback"]
        {
            assert!(matches(registered, uri), "{uri}");
        }
        for uri in [
            "https://127.0.0.1/callback",
            "http://127.0.0.1:0/callback",
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:/callback",
            "http://127.0.0.1:80@evil.example/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://127.0.0.1:1/callback/",
            "http://127.0.0.1:1/callback?a=b",
            "http://127.0.0.1:1/Callback",
            "http://localhost:1/callback",
            "http://[::1]:1/callback",
        ] {
            assert!(!matches(registered, uri), "{uri}");
        }
        assert!(matches("http://[::1]:7/cb?x=1", "http://[::1]:8/cb?x=1"));
        assert!(matches("https://app.example/auth", "https://app.example/auth"));
        assert!(!matches("https://app.example/auth", "https://app.example:8443/auth"));
    }

    #[test]
    fn parameters_are_added_and_encoded() {
        let added = |uri| with_parameters(uri, &[("code", "a+/="), ("state", "x y")]);
        assert_eq!(added("https://app.example/auth"), "https://app.example/auth?code=a%2B%2F%3D&state=x+y");
        assert_eq!(
            added("https://app.example/auth?k=v"),
            "https://app.example/auth?k=v&code=a%2B%2F%3D&state=x+y"
        );
        assert_eq!(added("https://app.example/auth?"), "https://app.example/auth?code=a%2B%2F%3D&state=x+y");
        assert_eq!(with_parameters("https://app.example/auth?k=v", &[]), "https://app.example/auth?k=v");
    }

    #[test]
    fn a_policy_source_is_an_origin_or_a_scheme() {
        assert_eq!(csp_source("http://127.0.0.1:8080/callback?a=b"), "http://127.0.0.1:8080");
        assert_eq!(csp_source("https://app.example?a=b"), "https://app.example");
        assert_eq!(csp_source("http://[::1]:8080/callback"), "http:");
        assert_eq!(csp_source("com.example.app:/callback"), "com.example.app:");
        assert_eq!(csp_source("https://a;script-src *,x/"), "https:");
        assert_eq!(csp_source("a;b://x/"), "https://x");
        assert_eq!(csp_source("no scheme"), "https:");
    }

    #[test]
    fn a_location_is_ascii() {
        assert_eq!(ascii("https://app.example/ä b"), "https://app.example/%C3%A4%20b");
        assert_eq!(ascii("https://app.example/?a=%20"), "https://app.example/?a=%20");
    }
}
