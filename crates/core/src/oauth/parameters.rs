//! The parameters of a redirect, before any of them is believed.

use std::borrow::Cow;

use crate::error::{CallbackError, MalformedKind};
use crate::privacy::Secret;
use crate::text::{percent, url};

/// The longest query that is read, in bytes.
const QUERY_LIMIT: usize = 16 * 1024;
/// The most parameters that are read.
const PAIR_LIMIT: usize = 64;

/// Parameters that must come once at most: two values would let two readers see two different responses.
pub(super) const ONCE: [&str; 6] = ["code", "state", "error", "iss", "oauth_token", "oauth_verifier"];

/// What a redirect's query holds, decoded.
pub(super) struct Parameters<'a> {
    pub(super) state: Option<Cow<'a, str>>,
    /// Everything else, in its order.
    pub(super) others: Vec<(String, Secret)>,
}

/// Reads a redirect's query. No parameter of [`ONCE`] comes twice.
///
/// Anything from the first `#` is cut off (Instagram ends its redirects with `#_`).
pub(super) fn read(query_or_url: &str) -> Result<Parameters<'_>, CallbackError> {
    let query = query(query_or_url);
    if query.len() > QUERY_LIMIT {
        return Err(CallbackError::Malformed(MalformedKind::TooLong));
    }
    // Most redirects have nothing to decode.
    let is_plain = percent::is_plain(query);
    let decode = |text| {
        let decoded = if is_plain { Some(Cow::Borrowed(text)) } else { percent::decoded(text, true) };
        decoded.ok_or(CallbackError::Malformed(MalformedKind::Escape))
    };
    let mut found = Parameters { state: None, others: Vec::new() };
    let mut counts = [0; ONCE.len()];
    for (at, parameter) in url::parts(query, b'&').filter(|parameter| !parameter.is_empty()).enumerate() {
        if at == PAIR_LIMIT {
            return Err(CallbackError::Malformed(MalformedKind::TooManyParameters));
        }
        let (name, value) = url::name_and_value(parameter);
        let (name, value) = (decode(name)?, decode(value)?);
        for (known, count) in ONCE.iter().zip(&mut counts) {
            *count += usize::from(*known == name);
        }
        if name == "state" {
            found.state = Some(value);
        } else {
            found.others.push((name.into_owned(), Secret::from(value.into_owned())));
        }
    }
    match ONCE.iter().zip(counts).find(|(_, count)| *count > 1) {
        Some((name, _)) => Err(CallbackError::Duplicate(name)),
        None => Ok(found),
    }
}

/// The query of a URL or of a request target (`/auth?code=…`), also where a person left out the scheme; or else the whole
/// text. White space around it comes from copying.
fn query(text: &str) -> &str {
    let (text, _) = url::cut(text.trim(), b'#');
    if let Some(url) = url::split(text)
        && (url.authority.is_some() || url.scheme.contains('.'))
    {
        return url.query.unwrap_or_default();
    }
    match url::cut(text, b'?') {
        (before, Some(query)) if text.starts_with('/') || !before.contains('=') => query,
        (_, None) if text.starts_with('/') => "",
        _ => text,
    }
}
