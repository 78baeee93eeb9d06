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

const CLOSE: &str = "You can close this tab. The terminal has the result.";

pub(super) type Page = Response<Full<Bytes>>;

/// The user allowed it.
pub(super) fn allowed(connector: &str) -> Page {
    let text = format!("You have allowed access to {connector}. The program in your terminal does the rest.");
    page(StatusCode::OK, Sign::Good, "Access allowed", &text, CLOSE)
}

/// The user, or the provider, said no.
pub(super) fn denied(connector: &str) -> Page {
    let text = format!("{connector} grants no access. Nothing was connected.");
    page(StatusCode::OK, Sign::Bad, "Access not allowed", &text, CLOSE)
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
    Good,
    Bad,
}

fn page(status: StatusCode, sign: Sign, title: &str, text: &str, advice: &str) -> Page {
    let (class, sign) = match sign {
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
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
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
