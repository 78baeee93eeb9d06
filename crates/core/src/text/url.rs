//! The few questions we ask of a URL. Splitting follows RFC 3986, appendix B; nothing is rewritten.

use std::iter;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::error::UrlErrorKind;

/// The five parts of a URL, as written.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct UrlParts<'a> {
    /// What stands before the first `:`.
    pub scheme: &'a str,
    /// What stands between `//` and the path; `None` where there is no `//`.
    pub authority: Option<&'a str>,
    /// Up to the first `?` or `#`.
    pub path: &'a str,
    /// What follows the first `?`.
    pub query: Option<&'a str>,
    /// What follows the first `#`.
    pub fragment: Option<&'a str>,
}

/// Names only: a URL can hold secrets.
impl std::fmt::Debug for UrlParts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UrlParts(…)")
    }
}

/// Takes a URL apart (RFC 3986, appendix B); nothing is decoded or rewritten. `None` where it does not begin with a scheme.
///
/// ```
/// use your_moms_core::text::split_url;
///
/// let url = split_url("https://api.example/instances?tags=a").ok_or("no scheme")?;
/// assert_eq!((url.path, url.query), ("/instances", Some("tags=a")));
/// # Ok::<(), &str>(())
/// ```
pub fn split(url: &str) -> Option<UrlParts<'_>> {
    let (scheme, rest) = cut(url, b':');
    let rest = rest?;
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !well_formed {
        return None;
    }
    let (rest, fragment) = cut(rest, b'#');
    let (rest, query) = cut(rest, b'?');
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
    Some(UrlParts { scheme, authority, path, query, fragment })
}

/// The parts of `text` between separators, which are ASCII: the parameters of a query, the segments of a path.
pub(crate) fn parts(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    iter::from_fn(move || {
        let (part, after) = cut(rest?, separator);
        rest = after;
        Some(part)
    })
}

/// Name and value of a parameter, as written.
pub(crate) fn name_and_value(parameter: &str) -> (&str, &str) {
    let (name, value) = cut(parameter, b'=');
    (name, value.unwrap_or_default())
}

/// What stands before the first `byte`, which is ASCII, and what follows it.
pub(crate) fn cut(text: &str, byte: u8) -> (&str, Option<&str>) {
    let Some(at) = memchr::memchr(byte, text.as_bytes()) else { return (text, None) };
    (text.get(..at).unwrap_or_default(), text.get(at + 1..))
}

/// Whether a secret may travel there: `https` to any host, `http` to a loopback address only (RFC 8252 §8.3 tells why
/// `localhost` is not one). Gives the host.
pub(crate) fn check_web<'a>(parts: &UrlParts<'a>) -> Result<&'a str, UrlErrorKind> {
    match check_plain_web(parts)? {
        host if parts.scheme.eq_ignore_ascii_case("https") || is_loopback(host) => Ok(host),
        host if is_localhost(host) => Err(UrlErrorKind::Localhost),
        _ => Err(UrlErrorKind::PlainHttp),
    }
}

/// As [`check_web`], but with `http` to any host. Gives the host.
pub(crate) fn check_plain_web<'a>(parts: &UrlParts<'a>) -> Result<&'a str, UrlErrorKind> {
    let web = ["https", "http"].iter().any(|scheme| parts.scheme.eq_ignore_ascii_case(scheme));
    if web { check_authority(parts.authority.unwrap_or_default()) } else { Err(UrlErrorKind::Scheme) }
}

/// The host of an authority without user name, with a port from 1 to 65535 or none.
pub(crate) fn check_authority(authority: &str) -> Result<&str, UrlErrorKind> {
    if authority.contains('@') {
        return Err(UrlErrorKind::Userinfo);
    }
    let (host, port) = host_and_port(authority);
    if host.is_empty() {
        return Err(UrlErrorKind::NoHost);
    }
    let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let plausible = match literal {
        Some(v6) => v6.parse::<Ipv6Addr>().is_ok(),
        None if ends_in_number(host) => host.parse::<Ipv4Addr>().is_ok(),
        None => host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')),
    };
    if !plausible {
        return Err(UrlErrorKind::Host);
    }
    if port.is_none_or(is_port) { Ok(host) } else { Err(UrlErrorKind::Port) }
}

/// Checked here because an HTTP library may take port 99999 for the default port. Without zeros in front: two spellings of one
/// base URL would be two platforms.
fn is_port(port: &str) -> bool {
    let digits = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    digits && port.parse::<u16>().is_ok()
}

/// Whether browsers take the host for an IPv4 address (WHATWG URL §3.5). They know many spellings, `127.1`, `0x7f.1` and
/// `2130706433` among them, and show another host than the one that stands there; HTTP libraries look some of them up.
fn ends_in_number(host: &str) -> bool {
    let last = host.strip_suffix('.').unwrap_or(host).rsplit('.').next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
        || hexadecimal.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether the name means this machine on most systems, without being an address (RFC 6761 §6.3).
fn is_localhost(host: &str) -> bool {
    let label = host.trim_end_matches('.').rsplit('.').next();
    label.is_some_and(|label| label.eq_ignore_ascii_case("localhost"))
}

/// Whether a browser or a library that is sent to this host ends up on this machine.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let v6 = host.trim_start_matches('[').trim_end_matches(']').parse::<Ipv6Addr>().ok();
    let v4 = host.parse::<Ipv4Addr>().ok().or(v6.map(embedded_v4));
    let is_own_v4 = v4.is_some_and(|ip| ip.is_loopback() || ip.is_unspecified());
    is_own_v4 || v6.is_some_and(|ip| ip.is_loopback() || ip.is_unspecified()) || is_localhost(host)
}

/// The IPv4 address that an IPv6 address ends with: mapped, compatible, translated and NAT64 addresses have one (RFC 4291
/// §2.5.5, RFC 6052). Others end with anything; taking one of those for this machine refuses it, which is safe.
fn embedded_v4(ip: Ipv6Addr) -> Ipv4Addr {
    let [.., a, b, c, d] = ip.octets();
    Ipv4Addr::new(a, b, c, d)
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

pub(crate) fn is_loopback(host: &str) -> bool {
    let v6 = host.trim_start_matches('[').trim_end_matches(']');
    host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || v6.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_parts_make_up_the_url(url in "[a-z]{1,3}:(//[a-z.:@]{0,6})?(/[a-z]{0,3}){0,2}(\\?[a-z?/]{0,4})?(#[a-z#?]{0,4})?") {
            let parts = split(&url).unwrap();
            let authority = parts.authority.map(|text| format!("//{text}")).unwrap_or_default();
            let query = parts.query.map(|text| format!("?{text}")).unwrap_or_default();
            let fragment = parts.fragment.map(|text| format!("#{text}")).unwrap_or_default();
            prop_assert_eq!(format!("{}:{authority}{}{query}{fragment}", parts.scheme, parts.path), url);
        }
    }

    #[test]
    fn a_scheme_begins_with_a_letter() {
        for bad in ["1a://h", "-a://h", "a b://h", "ä://h", "://h", "a"] {
            assert!(split(bad).is_none(), "{bad}");
        }
        assert_eq!(split("a+1.-:b").unwrap().scheme, "a+1.-");
    }

    #[test]
    fn an_ipv4_address_is_spelled_in_one_way() {
        for host in ["127.0.0.1", "1.2.3.4", "a.0x7g", "1.example", "a.b1"] {
            assert_eq!(check_authority(host), Ok(host));
        }
        for host in [
            "127.1",
            "0x7f.1",
            "0x",
            "2130706433",
            "127.0.0.01",
            "127.0.0.1.",
            "1.2.3.4.5",
            "256.0.0.1",
            "a.1",
        ] {
            assert_eq!(check_authority(host), Err(UrlErrorKind::Host), "{host}");
        }
    }

    #[test]
    fn other_hosts_are_elsewhere() {
        for host in
            ["api.instagram.com", "128.0.0.1", "1.2.3.4", "127.example", "[2001:db8::1]", "localhost.example"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
