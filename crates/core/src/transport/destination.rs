//! Where a request may go: the checks that HTTP libraries leave out.

use http::Uri;

use crate::error::{Delivery, TransportError, TransportErrorKind};
use crate::text::url;

/// Refuses a request URI that HTTP libraries read in different ways, so that every transport treats it alike.
///
/// Allowed is an absolute `http` or `https` URI with a host, without userinfo (libraries turn it into an
/// `Authorization` header, and RFC 9110 §4.2.4 says to reject it) and, if there is a port, with one from 1 to 65535
/// (a library may take 99999 for no port at all and connect to port 80).
///
/// # Errors
/// [`TransportErrorKind::InvalidRequest`] with [`Delivery::NotSent`]. A transport calls this first.
///
/// ```
/// use your_moms_core::check_destination;
///
/// assert!(check_destination(&"https://api.example/instances?a=b".parse()?).is_ok());
/// assert!(check_destination(&"https://user:pw@api.example/".parse()?).is_err());
/// assert!(check_destination(&"https://api.example:99999/".parse()?).is_err());
/// # Ok::<(), http::uri::InvalidUri>(())
/// ```
pub fn check_destination(uri: &Uri) -> Result<(), TransportError> {
    let scheme_is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    // Read from the text: `http` itself gives `None` for a port that is out of range.
    if scheme_is_http
        && uri.authority().is_some_and(|authority| url::check_authority(authority.as_str()).is_ok())
    {
        Ok(())
    } else {
        Err(TransportError::new(Delivery::NotSent, TransportErrorKind::InvalidRequest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_absolute_http_uri_with_a_valid_port_passes() {
        let allowed = |uri: &str| check_destination(&uri.parse().unwrap()).is_ok();
        for uri in [
            "http://h",
            "https://h/p?q",
            "https://h:1/",
            "https://h:65535/",
            "http://[::1]/",
            "http://[::1]:80/",
        ] {
            assert!(allowed(uri), "{uri}");
        }
        for uri in [
            "/path",
            "h:80",
            "ftp://h/",
            "https://user@h/",
            "https://user:pw@h/",
            "https://user:pw@[::1]:80/",
            "https://h:0/",
            "https://h:65536/",
            "https://h:99999/",
            "https://h:/",
            "https://[::1]:0/",
        ] {
            assert!(!allowed(uri), "{uri}");
        }
    }

    #[test]
    fn the_refusal_says_that_nothing_was_sent() {
        let error = check_destination(&Uri::from_static("https://user:pw@h/")).unwrap_err();
        assert_eq!((error.delivery(), error.kind()), (Delivery::NotSent, TransportErrorKind::InvalidRequest));
    }
}
