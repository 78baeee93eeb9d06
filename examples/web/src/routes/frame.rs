//! What every request gets: an id, a span, headers, and a page if it ends in an error.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::error::Error;
use crate::keys::random_id;
use crate::pages;

/// A form is sent to this application and redirected to the provider, which Chromium checks too.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src https:; \
    form-action 'self' https: http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'";

pub(super) async fn frame(request: Request, next: Next) -> Response {
    let id = random_id().unwrap_or_default();
    // The path alone: the query of a redirect holds the code.
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(error) = response.extensions_mut().remove::<Arc<Error>>() {
        span.in_scope(|| log(&error));
        let page = pages::error::page(&error, &id).into_string();
        *response.body_mut() = page.into();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert("x-request-id", id);
    }
    response
}

fn log(error: &Error) {
    let kind = error.kind();
    if error.status().is_server_error() {
        tracing::error!(kind, error = error as &dyn std::error::Error, "the request failed");
    } else {
        tracing::info!(kind, "the request was refused");
    }
}
