//! A request as it may stand in a log.

use std::fmt;

use http::Request;

/// Shows method, host, path, the names of query parameters and headers, and the length of the body in bytes. Values are
/// left out, whatever they are called: `http::Request`'s own `Debug` prints all of it, secrets too.
///
/// ```
/// use http::Request;
/// use your_moms_core::Redacted;
///
/// let request = Request::get("https://api.example/x/oauth/url?apiKey=k&apiSecret=s").body(Vec::new())?;
/// assert_eq!(
///     Redacted(&request).to_string(),
///     "GET https://api.example/x/oauth/url?apiKey&apiSecret headers[] 0 bytes"
/// );
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Redacted<'a>(pub &'a Request<Vec<u8>>);

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.0.uri();
        write!(f, "{} ", self.0.method())?;
        if let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) {
            write!(f, "{scheme}://{host}")?;
        }
        if let Some(port) = uri.port() {
            write!(f, ":{port}")?;
        }
        f.write_str(uri.path())?;
        for (at, pair) in uri.query().into_iter().flat_map(|query| query.split('&')).enumerate() {
            // What has no `=` may be a value as well as a name.
            let name = pair.split_once('=').map_or("…", |(name, _)| name);
            write!(f, "{}{name}", if at == 0 { '?' } else { '&' })?;
        }
        f.write_str(" headers[")?;
        for (at, name) in self.0.headers().keys().enumerate() {
            write!(f, "{}{name}", if at == 0 { "" } else { ", " })?;
        }
        write!(f, "] {} bytes", self.0.body().len())
    }
}

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
