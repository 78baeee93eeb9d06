//! The few questions we ask of a URL. Splitting follows RFC 3986, appendix B; nothing is rewritten.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The five parts of a URL, as written. `Debug` shows the scheme only: secrets travel in the others.
#[non_exhaustive]
pub struct Parts<'a> {
    /// What stands before the first `:`.
    pub scheme: &'a str,
    /// What stands between `//` and the path; `None` where there is no `//`.
    pub authority: Option<&'a str>,
    /// The path, with its leading `/`; empty where there is none.
    pub path: &'a str,
    /// What follows the first `?`.
    pub query: Option<&'a str>,
    /// What follows the first `#`.
    pub fragment: Option<&'a str>,
}

impl fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlParts").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// Takes a URL apart (RFC 3986, appendix B); nothing is decoded or rewritten. `None` where it does not begin with a
/// scheme.
///
/// ```
/// use your_moms_core::text::split_url;
///
/// let url = split_url("https://api.example/instances?tags=a").ok_or("no scheme")?;
/// assert_eq!((url.path, url.query), ("/instances", Some("tags=a")));
/// # Ok::<(), &str>(())
/// ```
pub fn split(url: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = url.split_once(':')?;
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !well_formed {
        return None;
    }
    let (rest, fragment) = cut(rest, '#');
    let (rest, query) = cut(rest, '?');
    let (authority, path) = match rest.strip_prefix("//") {
        None => (None, rest),
        Some(rest) => match rest.find('/') {
            None => (Some(rest), ""),
            Some(at) => {
                let (authority, path) = rest.split_at(at);
                (Some(authority), path)
            }
        },
    };
    Some(Parts { scheme, authority, path, query, fragment })
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Whether a secret may travel there: `https` to any host, `http` to a loopback literal only (RFC 8252 §8.3 tells why
/// `localhost` is not one). `Err` says what is wrong and how to mend it.
pub(crate) fn check_web(parts: &Parts<'_>) -> Result<(), &'static str> {
    let https = parts.scheme.eq_ignore_ascii_case("https");
    if !https && !parts.scheme.eq_ignore_ascii_case("http") {
        return Err("does not begin with `https://`");
    }
    let host = check_authority(parts.authority.unwrap_or_default())?;
    if !https && !is_loopback(host) {
        return Err(
            "is plain http to a host that is not a loopback address; use `https://`, or `http://127.0.0.1`",
        );
    }
    Ok(())
}

/// The host of an authority without user name, with a port from 1 to 65535 or none. `Err` as in [`check_web`].
pub(crate) fn check_authority(authority: &str) -> Result<&str, &'static str> {
    if authority.contains('@') {
        return Err("holds a user name or password; take out what stands before the `@`");
    }
    let (host, port) = host_and_port(authority);
    if host.is_empty() {
        return Err("has no host");
    }
    let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let plausible = match literal {
        Some(v6) => v6.parse::<Ipv6Addr>().is_ok(),
        None => host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')),
    };
    if !plausible {
        return Err("has a host that is neither a name in ASCII nor an IP address");
    }
    // Checked here because an HTTP library may take port 99999 for the default port.
    if port.is_some_and(|port| {
        !port.bytes().all(|b| b.is_ascii_digit()) || port.parse::<u16>().unwrap_or(0) == 0
    }) {
        return Err("has a port that is not a number from 1 to 65535");
    }
    Ok(host)
}

fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let after_literal = authority.rfind(']').map_or(0, |at| at + 1);
    match authority.get(after_literal..).and_then(|rest| rest.rfind(':')) {
        None => (authority, None),
        Some(colon) => {
            let (host, port) = authority.split_at(after_literal + colon);
            (host, Some(port.trim_start_matches(':')))
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let v6 = host.trim_start_matches('[').trim_end_matches(']');
    host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || v6.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str) -> Result<(), &'static str> {
        check_web(&split(url).expect("a scheme"))
    }

    #[test]
    fn https_anywhere_and_http_on_a_loopback_literal() {
        for good in [
            "https://api.cloud-your_moms.com/x",
            "HTTPS://h",
            "https://h:65535",
            "http://127.0.0.1:8080/a?b#c",
            "http://127.9.9.9",
            "http://[::1]:1/",
            "https://[2001:db8::1]/",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        let plain =
            "is plain http to a host that is not a loopback address; use `https://`, or `http://127.0.0.1`";
        let port = "has a port that is not a number from 1 to 65535";
        let host = "has a host that is neither a name in ASCII nor an IP address";
        for (bad, why) in [
            ("ftp://h/", "does not begin with `https://`"),
            ("https:h", "has no host"),
            ("https:///path", "has no host"),
            ("https://:443", "has no host"),
            ("https://user:word@h/", "holds a user name or password; take out what stands before the `@`"),
            ("http://localhost/", plain),
            ("http://127.0.0.1.example/", plain),
            ("http://127.1/", plain),
            ("https://h:0", port),
            ("https://h:99999", port),
            ("https://h:+80", port),
            ("https://h:", port),
            ("https://h\\@evil", "holds a user name or password; take out what stands before the `@`"),
            ("https://exämple/", host),
            ("https://[::1/", host),
            ("https://a b/", host),
        ] {
            assert_eq!(check(bad), Err(why), "{bad}");
        }
    }
}
