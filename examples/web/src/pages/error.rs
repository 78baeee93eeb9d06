//! The page of a request that failed.

use maud::{Markup, html};

use super::layout;
use super::words::words;
use crate::error::Error;

/// What happened, what to do, and the names under which it can be looked up.
pub(crate) fn page(error: &Error, request_id: &str) -> Markup {
    let kind = error.kind();
    let words = words(kind);
    let platform = match error {
        Error::Call(error) => error.request_id(),
        _ => None,
    };
    let main = html! {
        section.card.notice data-error=(kind) {
            h1 { (words.title) }
            p { (words.advice) }
            p { a.button href="/" { @if matches!(error, Error::SignedOut) { "Sign in" } @else { "Back to your accounts" } } }
            (ids(Some(request_id), platform))
        }
    };
    layout(words.title, None, &main)
}

/// The names of the request, here and at the platform.
pub(super) fn ids(own: Option<&str>, platform: Option<&str>) -> Markup {
    html! {
        @if own.is_some() || platform.is_some() {
            dl.ids {
                @if let Some(id) = own { dt { "Request" } dd data-request-id { (id) } }
                @if let Some(id) = platform { dt { "Request at the platform" } dd data-platform-request-id { (id) } }
            }
        }
    }
}
