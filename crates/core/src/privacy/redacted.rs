//! A request as it may stand in a log.

use std::any::Any;
use std::fmt;

use http::Request;

/// Shows method, host, path, the names of query parameters and headers, and the length of the body in bytes if it is a
/// `Vec<u8>`; another body, as a layer of an HTTP library has it, is not looked at. Values are left out, whatever they are
/// called: `http::Request`'s own `Debug` prints all of it, secrets too.
///
/// ```
/// use http::Request;
/// use your_moms_core::Redacted;
///
/// let request = Request::get("https://api.example/x/oauth/url?apiKey=k&apiSecret=s").body(Vec::<u8>::new())?;
/// assert_eq!(
///     Redacted(&request).to_string(),
///     "GET https://api.example/x/oauth/url?apiKey&apiSecret headers[] 0 bytes"
/// );
/// # Ok::<(), http::Error>(())
/// ```
pub struct Redacted<'a, B = Vec<u8>>(pub &'a Request<B>);

impl<B: 'static> fmt::Display for Redacted<'_, B> {
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
        f.write_str("]")?;
        match (self.0.body() as &dyn Any).downcast_ref::<Vec<u8>>() {
            Some(body) => write!(f, " {} bytes", body.len()),
            None => Ok(()),
        }
    }
}

impl<B: 'static> fmt::Debug for Redacted<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

// Not derived: a copy of the reference needs no copy of the body.
impl<B> Clone for Redacted<'_, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Redacted<'_, B> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_of_another_type_is_not_looked_at() {
        let request = Request::post("https://h/p?apiSecret=sentinel")
            .header("authorization", "sentinel")
            .body("sentinel")
            .unwrap();
        let redacted = Redacted(&request);
        assert_eq!(redacted.to_string(), "POST https://h/p?apiSecret headers[authorization]");
        assert_eq!(format!("{redacted:?}"), redacted.to_string());
    }
}
