//! What all pages of the inspector have in common.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, REFRESH,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderValue, Response, StatusCode};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");
const PAGES: [(&str, &str); 4] = [
    ("Start", "/"),
    ("Journal", "/inspector/journal"),
    ("Instances", "/inspector/instances"),
    ("Controls", super::CONTROLS),
];

static OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

pub(super) struct Frame<'a> {
    pub(super) nonce: &'a str,
    pub(super) status: StatusCode,
    /// Whether the browser loads the page again every few seconds.
    pub(super) refresh: bool,
}

impl Frame<'_> {
    /// A page, or one below the page that is called `title` in the navigation.
    pub(super) fn page(&self, title: &str, main: &Markup) -> Response<Vec<u8>> {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " · Sandbox" }
                    style nonce=(self.nonce) { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header {
                        p.brand { span.mark aria-hidden="true" { "{ }" } " Sandbox" }
                        nav aria-label="Inspector" {
                            @for (name, path) in PAGES {
                                a href=(path) aria-current=[(name == title).then_some("page")] { (name) }
                            }
                        }
                    }
                    main #main { (main) }
                    footer { "Served from your own computer. No account, secret or token here is real." }
                }
            }
        };
        self.response(page.into_string())
    }

    pub(super) fn problem(&self, text: &str) -> Response<Vec<u8>> {
        let main = html! {
            h1 { "This cannot be done" }
            p.lead { (text) }
            p { a.button href=(super::CONTROLS) { "Controls" } " " a.button href="/" { "Start" } }
        };
        self.page("Problem", &main)
    }

    fn response(&self, page: String) -> Response<Vec<u8>> {
        let policy = format!(
            "default-src 'none'; style-src 'nonce-{}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            self.nonce
        );
        let mut response = Response::new(page.into_bytes());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html;charset=UTF-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Not `no-referrer`, under which a browser sends a form with `Origin: null`.
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(OPENER_POLICY.clone(), HeaderValue::from_static("same-origin"));
        headers.extend(HeaderValue::try_from(policy).ok().map(|policy| (CONTENT_SECURITY_POLICY, policy)));
        // As `<meta http-equiv="refresh">` would, in a place where the page can be paused by a link.
        headers.extend(self.refresh.then(|| (REFRESH, HeaderValue::from_static("3"))));
        response
    }
}

/// A mark for a status, or for a connection without one.
pub(super) fn status(status: Option<StatusCode>) -> Markup {
    let class = status.map_or("none", |status| match status.as_u16() / 100 {
        1 | 2 => "good",
        3 => "moved",
        4 => "refused",
        _ => "broken",
    });
    html! {
        span class=(format!("status {class}")) {
            @match status {
                Some(status) => (status.as_u16()),
                None => "reset",
            }
        }
    }
}

/// A value to copy: one click selects all of it.
pub(super) fn copied(text: &str) -> Markup {
    html! { code.copy { (text) } }
}

/// A path that may go on in the next line after each of its slashes.
pub(super) fn path(path: &str) -> Markup {
    html! { @for part in path.split_inclusive('/') { (part) wbr; } }
}
