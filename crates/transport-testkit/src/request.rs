//! The requests that the checks send, with a sentinel in every place that can hold a secret.

use std::error::Error as StdError;
use std::fmt::Write as _;

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};
use your_moms_core::{CallContext, TransportError};

use crate::transcript::Transcript;

pub(crate) const PATH: &str = "sentinel-path-4c1d";
pub(crate) const QUERY: &str = "sentinel-query-90ab";
pub(crate) const HEADER: &str = "sentinel-header-77e2";
pub(crate) const BODY: &str = "sentinel-body-3f68";
/// Servers put it into reason phrases, headers and bodies.
pub(crate) const RESPONSE: &str = "sentinel-response-b5d9";

/// What stands for a secret in the requests and responses of the checks: where a log of yours must not show secrets, look for these
/// in it.
pub const SENTINELS: [&str; 5] = [PATH, QUERY, HEADER, BODY, RESPONSE];

/// A request as the client sends them: a secret in the path, the query, a header and, for `POST`, the body. Where the method
/// is idempotent, it may reuse a connection.
///
/// `base` has no slash at its end. It is text, because some checks use one that is no valid URI of ours.
pub(crate) fn secret_request(method: &Method, base: &str) -> Request<Vec<u8>> {
    with_body(method, base, format!(r#"{{"code":"{BODY}"}}"#).into_bytes())
}

/// As [`secret_request`], with `body` if `method` has one.
#[expect(clippy::expect_used, reason = "every part is the kit's own and valid")]
pub(crate) fn with_body(method: &Method, base: &str, body: Vec<u8>) -> Request<Vec<u8>> {
    let mut authorization = HeaderValue::from_str(&format!("User {HEADER}")).expect("a valid header value");
    authorization.set_sensitive(true);
    let request = Request::builder()
        .method(method)
        .uri(format!("{base}/{PATH}?apiSecret={QUERY}"))
        .header(AUTHORIZATION, authorization)
        .extension(context(method.is_idempotent()));
    if *method == Method::POST {
        request.header(CONTENT_TYPE, "application/json").body(body)
    } else {
        request.body(Vec::new())
    }
    .expect("a valid request")
}

/// What the client tells of a call.
fn context(idempotent: bool) -> CallContext {
    let mut context = CallContext::default();
    context.operation = "testkit";
    context.idempotent = idempotent;
    context.reuse_connection = idempotent;
    context
}

/// Whether a server could read a secret.
pub(crate) fn shows_a_secret(seen: &Transcript) -> bool {
    SENTINELS.into_iter().any(|secret| seen.contains(secret))
}

/// Which secret an error shows: a sentinel, or any URL.
pub(crate) fn leak(error: &TransportError) -> Option<String> {
    let mut shown = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(shown, " {error} {error:?}");
        source = error.source();
    }
    SENTINELS
        .into_iter()
        .chain(["://"])
        .find(|secret| shown.contains(secret) || shown.contains(&as_numbers(secret)))
        .map(|secret| format!("{secret:?} shows in the error's Display, Debug or sources: {shown}"))
}

/// As derived `Debug` shows a `Vec<u8>`.
fn as_numbers(text: &str) -> String {
    format!("{:?}", text.as_bytes()).trim_matches(['[', ']']).to_owned()
}
