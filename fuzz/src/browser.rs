//! URLs as a browser reads them (the WHATWG standard, by the `url` crate), beside what core takes them for.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, ParseError, Url};
use your_moms_core::text::split_url;

/// What a browser makes of a URL that core accepted; `None` if it does not open it because of an international name that is
/// badly encoded (`xn--a`), which core does not decode.
///
/// # Panics
/// Where it sees another scheme, host or port than the text shows, or a user name.
pub(crate) fn agreed(text: &str) -> Option<Url> {
    let parts = split_url(text).expect("core accepts no URL without a scheme");
    let authority = parts.authority.unwrap_or_default();
    let is_international = authority.to_ascii_lowercase().split('.').any(|label| label.starts_with("xn--"));
    let url = match Url::parse(text) {
        Err(ParseError::IdnaError) if is_international => return None,
        url => url.expect("a browser opens what core accepts"),
    };
    assert_eq!(url.scheme(), parts.scheme.to_ascii_lowercase(), "another scheme");
    assert_eq!((url.username(), url.password()), ("", None), "a user name");
    let (host, port) = written(authority);
    let seen = url.host().map(|host| host.to_string()).unwrap_or_default();
    assert!(seen.eq_ignore_ascii_case(&host), "another host: {seen}, not {host}");
    assert_eq!(url.port_or_known_default(), port.or_else(|| known_default(url.scheme())), "another port");
    Some(url)
}

/// Host and port of an authority without user name, as a person reads them.
fn written(authority: &str) -> (String, Option<u16>) {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, text)) if !text.ends_with(']') => {
            let port: u16 = text.parse().expect("a port in digits");
            assert_eq!(port.to_string(), text, "a port that a browser writes otherwise");
            assert_ne!(port, 0, "a port that nothing listens at");
            (host, Some(port))
        }
        _ => (authority, None),
    };
    // An address has several spellings; all name the same machine.
    let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host = match literal {
        Some(v6) => Host::<String>::Ipv6(v6.parse().expect("an IPv6 address")).to_string(),
        None => host.to_owned(),
    };
    (host, port)
}

fn known_default(scheme: &str) -> Option<u16> {
    match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

/// Whether a browser that opens this URL stays on its own machine.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_own_v4(ip),
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback() || ip.is_unspecified() || embedded(ip).is_some_and(is_own_v4)
        }
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

fn is_own_v4(ip: Ipv4Addr) -> bool {
    ip.is_loopback() || ip.is_unspecified()
}

fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    ip.to_ipv4_mapped()
}
