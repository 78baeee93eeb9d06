//! Where a deployment is.

use std::fmt;

use http::uri::{Authority, Scheme};

use crate::error::{BuildError, UrlErrorKind};
use crate::text::{percent, url};

/// A base URL that was checked once, in the pieces of which requests are built.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    /// The whole of it: lower-case host, no default port, no slash at the end.
    text: String,
    path_at: usize,
    is_loopback: bool,
}

impl BaseUrl {
    pub(crate) fn new(base_url: &str) -> Result<Self, BuildError> {
        let parts = url::split(base_url).ok_or(BuildError::BaseUrl(UrlErrorKind::Scheme))?;
        check(&parts).map_err(BuildError::BaseUrl)?;
        let scheme = if parts.scheme.eq_ignore_ascii_case("https") { Scheme::HTTPS } else { Scheme::HTTP };
        let authority = parts.authority.unwrap_or_default().to_ascii_lowercase();
        let is_loopback = url::check_authority(&authority).is_ok_and(url::is_loopback);
        let default_port = if scheme == Scheme::HTTPS { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        let origin = format!("{scheme}://{authority}");
        let authority = authority.parse().map_err(|_| BuildError::BaseUrl(UrlErrorKind::Host))?;
        let path = parts.path.strip_suffix('/').unwrap_or(parts.path);
        Ok(Self { scheme, authority, text: format!("{origin}{path}"), path_at: origin.len(), is_loopback })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Without a slash at its end.
    pub(crate) fn path(&self) -> &str {
        self.text.get(self.path_at..).unwrap_or_default()
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

fn check(parts: &url::UrlParts<'_>) -> Result<(), UrlErrorKind> {
    url::check_web(parts)?;
    if parts.query.is_some() || parts.fragment.is_some() {
        return Err(UrlErrorKind::QueryOrFragment);
    }
    let path = parts.path.strip_suffix('/').unwrap_or(parts.path);
    for segment in path.split('/').skip(1) {
        match percent::decode(segment, false).as_deref() {
            None => return Err(UrlErrorKind::Escape),
            // `url::Url` collapses dot segments, `http::Uri` does not: the request would depend on the transport.
            Some("" | "." | "..") => return Err(UrlErrorKind::DotSegment),
            Some(text) if percent::encode(text) != segment => {
                return Err(UrlErrorKind::Unencoded);
            }
            Some(_) => {}
        }
    }
    Ok(())
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
