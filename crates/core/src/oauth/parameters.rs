//! The parameters of a redirect, before any of them is believed.

use crate::error::{CallbackError, MalformedKind};
use crate::privacy::Secret;
use crate::text::{percent, url};

/// The longest query that is read, in bytes.
const QUERY_LIMIT: usize = 16 * 1024;
/// The most parameters that are read.
const PAIR_LIMIT: usize = 64;

/// Parameters that must come once at most: two values would let two readers see two different responses.
pub(super) const ONCE: [&str; 6] = ["code", "state", "error", "iss", "oauth_token", "oauth_verifier"];

/// Everything in a redirect's query, decoded, in its order. No parameter of [`ONCE`] comes twice.
///
/// Anything from the first `#` is cut off (Instagram ends its redirects with `#_`).
pub(super) fn read(query_or_url: &str) -> Result<Vec<(String, Secret)>, CallbackError> {
    let pairs = pairs(query(query_or_url))?;
    for name in ONCE {
        if pairs.iter().filter(|(other, _)| other == name).count() > 1 {
            return Err(CallbackError::Duplicate(name));
        }
    }
    Ok(pairs)
}

/// The query of a URL or of a request target (`/auth?code=…`), also where a person left out the scheme; or else the whole
/// text. White space around it comes from copying.
fn query(text: &str) -> &str {
    let text = text.trim().split('#').next().unwrap_or_default();
    let is_url = url::split(text).is_some_and(|url| url.authority.is_some() || url.scheme.contains('.'));
    match text.split_once('?') {
        Some((before, query)) if is_url || text.starts_with('/') || !before.contains('=') => query,
        None if is_url || text.starts_with('/') => "",
        _ => text,
    }
}

fn pairs(query: &str) -> Result<Vec<(String, Secret)>, CallbackError> {
    if query.len() > QUERY_LIMIT {
        return Err(CallbackError::Malformed(MalformedKind::TooLong));
    }
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if pairs.len() == PAIR_LIMIT {
            return Err(CallbackError::Malformed(MalformedKind::TooManyParameters));
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decode =
            |text| percent::decode(text, true).ok_or(CallbackError::Malformed(MalformedKind::Escape));
        pairs.push((decode(name)?, Secret::from(decode(value)?)));
    }
    Ok(pairs)
}
