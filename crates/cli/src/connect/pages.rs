//! What the user's browser tab shows after the provider has sent it back.

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;
use maud::{DOCTYPE, PreEscaped, html};

const STYLE: &str = include_str!("pages.css");

/// The policy lets this one style sheet in, and nothing else: no script, no image, no request.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Where the page is that follows the creation. It has neither code nor state in it, so that the browser's history has none.
pub(super) const NEXT_PATH: &str = "/your-moms/connecting";

/// Who shows this page.
const PRODUCT: &str = "your-moms";

const CLOSE: &str = "You can close this tab. The terminal has the result.";

pub(super) type Page = Response<Full<Bytes>>;

/// The user allowed it, and the instance is being created. The page makes the browser ask for the next one.
pub(super) fn allowed(connector: &str) -> Page {
    let text = format!(
        "You allowed access to {connector}. {PRODUCT} is connecting the account; this can take half a minute."
    );
    let advice = "This page shows when it is done.";
    page(StatusCode::OK, Sign::Waiting, "Access allowed", &text, advice)
}

/// The instance exists.
pub(super) fn created(connector: &str) -> Page {
    let text = "You allowed access, and the instance is ready.";
    page(StatusCode::OK, Sign::Good, &format!("{connector} is connected"), text, CLOSE)
}

/// The user allowed it, and something else went wrong.
pub(super) fn not_created(connector: &str) -> Page {
    let text = "You allowed access, but there is no instance yet. The terminal says why, and what to do.";
    page(
        StatusCode::OK,
        Sign::Bad,
        &format!("{connector} is not connected yet"),
        text,
        "You can close this tab.",
    )
}

/// The user, or the provider, said no.
pub(super) fn denied(connector: &str, by_user: bool) -> Page {
    if by_user {
        return page(
            StatusCode::OK,
            Sign::Bad,
            "Not connected",
            "You denied access. Nothing was connected.",
            CLOSE,
        );
    }
    let text = format!("{connector} granted no access. Nothing was connected.");
    page(StatusCode::OK, Sign::Bad, "Not connected", &text, CLOSE)
}

/// The redirect of this authorization, with nothing in it that could be used.
pub(super) fn unusable(why: &str) -> Page {
    let text = format!("Nothing was connected: {why}.");
    page(StatusCode::BAD_REQUEST, Sign::Bad, "This redirect cannot be used", &text, CLOSE)
}

/// A request that came after the redirect.
pub(super) fn too_late() -> Page {
    let text = "The redirect of this authorization has been received before. This page changed nothing.";
    page(StatusCode::CONFLICT, Sign::Bad, "Already received", text, CLOSE)
}

/// A request that is not the redirect of this authorization. No matter who sent it, the program goes on waiting.
pub(super) fn stray() -> Page {
    let text = "This link does not carry the state of the authorization that is waiting here.";
    let advice =
        "The terminal is still waiting. Open the link it shows, and allow access on the provider's page.";
    page(StatusCode::BAD_REQUEST, Sign::Bad, "This link cannot be used", text, advice)
}

/// Anything but the callback: a browser asks for `/favicon.ico` by itself.
pub(super) fn plain(status: StatusCode) -> Page {
    let reason = status.canonical_reason().unwrap_or_default();
    let mut response = Response::new(Full::from(format!("{reason}\n")));
    *response.status_mut() = status;
    protect(&mut response, "text/plain;charset=UTF-8");
    response
}

#[derive(Clone, Copy)]
enum Sign {
    Waiting,
    Good,
    Bad,
}

fn page(status: StatusCode, kind: Sign, title: &str, text: &str, advice: &str) -> Page {
    let (class, sign) = match kind {
        Sign::Waiting => ("sign", "…"),
        Sign::Good => ("sign good", "✓"),
        Sign::Bad => ("sign bad", "!"),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if matches!(kind, Sign::Waiting) {
                    meta http-equiv="refresh" content=(format!("0; url={}", NEXT_PATH));
                }
                title { (title) " · " (PRODUCT) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    p.product { (PRODUCT) }
                    p class=(class) aria-hidden="true" { (sign) }
                    h1 { (title) }
                    p { (text) }
                    p.advice { (advice) }
                }
            }
        }
    };
    let mut response = Response::new(Full::from(page.into_string()));
    *response.status_mut() = status;
    protect(&mut response, "text/html;charset=UTF-8");
    response
}

/// The URL holds a code: it must stay out of caches and of `Referer` headers.
fn protect(response: &mut Page, content_type: &'static str) {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}
