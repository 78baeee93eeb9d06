//! Where a request goes, as reqwest's own URL type. That type normalises, and what would not go out as it came in is refused.

use std::sync::{Arc, OnceLock};

use http::Uri;
use http::uri::{Authority, Scheme};
use reqwest::Url;
use your_moms_core::{Delivery, TransportError, TransportErrorKind, check_destination};

/// Makes a URL of each request's URI. Reading the host is most of the work, and it is the same host for almost every request: the
/// first one is kept.
#[derive(Clone, Default)]
pub(crate) struct ExactUrl(Arc<OnceLock<Origin>>);

impl ExactUrl {
    pub(crate) fn of(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some(origin) = self.0.get().filter(|origin| origin.is_of(uri)) {
            return origin.url(uri);
        }
        check_destination(uri)?;
        let origin = Origin::of(uri).ok_or_else(refused)?;
        let url = origin.url(uri);
        // If there is one already, that one stays.
        let _ = self.0.set(origin);
        url
    }
}

struct Origin {
    scheme: Scheme,
    authority: Authority,
    root: Url,
}

impl Origin {
    fn of(uri: &Uri) -> Option<Self> {
        let (scheme, authority) = (uri.scheme()?.clone(), uri.authority()?.clone());
        let root = Url::parse(&format!("{scheme}://{authority}/")).ok()?;
        Some(Self { scheme, authority, root })
    }

    fn is_of(&self, uri: &Uri) -> bool {
        uri.scheme() == Some(&self.scheme)
            && uri.authority().is_some_and(|authority| authority.as_str() == self.authority.as_str())
    }

    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        let mut url = self.root.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        if url.path() == uri.path() && url.query() == uri.query() { Ok(url) } else { Err(refused()) }
    }
}

fn refused() -> TransportError {
    TransportError::new(Delivery::NotSent, TransportErrorKind::InvalidRequest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What reqwest makes of its URL is what came in, or nothing is sent.
        #[test]
        fn a_target_goes_out_byte_for_byte_or_not_at_all(target in "/[!-~]{0,40}") {
            let Ok(uri) = format!("https://platform.test{target}").parse::<Uri>() else { return Ok(()) };
            if let Ok(url) = ExactUrl::default().of(&uri) {
                let sent: Uri = url.as_str().parse().unwrap();
                prop_assert_eq!(&sent, &uri);
                prop_assert_eq!(url, Url::parse(&uri.to_string()).unwrap());
            }
        }
    }

    #[test]
    fn a_target_that_would_be_rewritten_is_refused() {
        let is_sent = |target: &str| {
            ExactUrl::default().of(&format!("https://platform.test{target}").parse().unwrap()).is_ok()
        };
        for target in ["", "/", "/?", "//a/b", "/a//b", "/a/...?b=%2e%27&c=d/..//?e", "/%20?a=~!$()*,;:@"] {
            assert!(is_sent(target), "{target}");
        }
        for target in ["/a/../b", "/./a", "/a/%2e%2E/b", "/a/..", "/?a='", "/{a}", "/a\"b"] {
            assert!(!is_sent(target), "{target}");
        }
    }

    #[test]
    fn the_kept_origin_serves_its_own_targets_only() {
        let urls = ExactUrl::default();
        for uri in [
            "https://platform.test/a?b",
            "https://platform.test/c",
            "http://platform.test/a",
            "https://platform.test:8443/a",
            "https://platform.tests/a",
            "https://other.test/?d",
            "https://platform.test/",
        ] {
            assert_eq!(urls.of(&uri.parse().unwrap()).unwrap().as_str(), uri);
        }
        assert!(urls.of(&Uri::from_static("https://user@platform.test/")).is_err());
    }
}
