//! Headers that a caller adds to a request.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::error::{BuildError, ValueErrorKind};

/// Headers that this library or the HTTP library below sets. A second value of one of them could hand a request to another
/// account, or change where it ends.
const OWNED: [HeaderName; 15] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::COOKIE,
    header::EXPECT,
    header::HOST,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::USER_AGENT,
];

/// Headers beside those the client owns, such as `Elements-Async-Callback-Url` or `X-Correlation-Id`.
#[derive(Clone, Debug, Default)]
pub(crate) struct FurtherHeaders(Vec<Result<(HeaderName, HeaderValue), BuildError>>);

impl FurtherHeaders {
    /// Adds one. A mistake is kept until the request is built, so that calls can be chained.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        // What is no name may be a whole line, value and all.
        let shown = if HeaderName::try_from(name).is_ok() { name } else { "…" };
        let error = |kind| BuildError::Header { name: shown.to_owned(), kind };
        let parse = || {
            let parsed = HeaderName::try_from(name).map_err(|_| error(ValueErrorKind::NotAHeader))?;
            if OWNED.contains(&parsed) {
                return Err(error(ValueErrorKind::Reserved));
            }
            let mut value = HeaderValue::try_from(value).map_err(|_| error(ValueErrorKind::NotAHeader))?;
            // Nobody knows what a caller puts there, and HTTP libraries print what is not marked.
            value.set_sensitive(true);
            Ok((parsed, value))
        };
        self.0.push(parse());
    }

    /// Adds all of them to `headers`.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) -> Result<(), BuildError> {
        for header in &self.0 {
            let (name, value) = header.clone()?;
            headers.append(name, value);
        }
        Ok(())
    }
}
