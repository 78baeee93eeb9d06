//! The consent page and the error page, as a person sees them.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::redirect;
use crate::catalogue::{Scope, Service};

const STYLE: &str = include_str!("style.css");

/// Who asks whom for what.
pub(super) struct Consent<'a> {
    /// Where the form goes.
    pub(super) action: &'a str,
    pub(super) service: &'a Service,
    pub(super) client_id: &'a str,
    /// Whose account it may be.
    pub(super) accounts: &'a [&'a str],
    /// The one among them that is chosen at first.
    pub(super) signed_in: &'a str,
    pub(super) redirect_uri: &'a str,
    /// As it was asked for, separated by spaces.
    pub(super) scope: &'a str,
    pub(super) page: &'a str,
    pub(super) nonce: &'a str,
}

pub(super) fn consent(it: &Consent<'_>) -> Response<Vec<u8>> {
    let provider = it.service.name.as_str();
    let permits = |name: &str| {
        let scope = it.service.scopes.iter().find(|scope| scope.name == name);
        scope.map_or("Use this permission", |scope: &Scope| scope.permits.as_str())
    };
    let title = format!("Allow access to your {provider} account?");
    let main = html! {
        div.parties aria-hidden="true" {
            span.badge { "{ }" }
            span.dots { "···" }
            span.badge.provider { (initial(provider)) }
        }
        h1 { (title) }
        p.who { "Asked by " strong { (it.client_id) } }
        form method="post" action=(it.action) {
            input type="hidden" name="page" value=(it.page);
            // Enter on a choice presses a form's first button. It is to be neither of the two: denying by mistake loses the
            // attempt, and allowing by mistake gives an account away. This one closes the dialog that the form is in: none.
            // Were it disabled, Chromium would press the next one.
            button hidden formmethod="dialog" {}
            fieldset {
                legend { "Whose account?" }
                @for account in it.accounts {
                    label.account {
                        input type="radio" name="account" value=(account) checked[*account == it.signed_in];
                        span.avatar aria-hidden="true" { (initial(account)) }
                        strong { (account) }
                    }
                }
            }
            @if it.scope.is_empty() {
                p { "It asks for no particular permission." }
            } @else {
                h2 { "If you allow it, it can" }
                ul {
                    @for scope in it.scope.split_whitespace() {
                        li { (permits(scope)) " " code { (scope) } }
                    }
                }
            }
            div.buttons {
                button name="decision" value="deny" { "Deny" }
                button.allow name="decision" value="allow" { "Allow" }
            }
        }
        p.after { "Either way you go back to " span { (redirect::shown(it.redirect_uri)) } }
    };
    // Chromium applies `form-action` to the redirect that follows a form as well. The callback may send the browser on to
    // another port of this machine.
    let targets = format!("'self' http://127.0.0.1:* {}", redirect::csp_source(it.redirect_uri));
    page(StatusCode::OK, &title, &format!("{provider} account"), &main, &targets, it.nonce)
}

pub(super) fn error(status: StatusCode, text: &str, nonce: &str) -> Response<Vec<u8>> {
    let title = "This link cannot be used";
    let main = html! {
        div.parties aria-hidden="true" { span.badge.problem { "!" } }
        h1 { (title) }
        p.who { (text) }
        p.after { "Go back to the application and start again from there." }
    };
    page(status, title, "account", &main, "'none'", nonce)
}

/// Sent with every response of the provider: a code in a URL must reach nobody but the application.
pub(super) fn protection() -> [(HeaderName, HeaderValue); 4] {
    [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]
}

fn page(
    status: StatusCode,
    title: &str,
    account: &str,
    main: &Markup,
    form_action: &str,
    nonce: &str,
) -> Response<Vec<u8>> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style nonce=(nonce) { (PreEscaped(STYLE)) }
            }
            body {
                p.notice role="note" {
                    strong { "Sandbox" }
                    " This page comes from your own computer. No real " (account) " is involved."
                }
                main { (main) }
            }
        }
    };
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action {form_action}; frame-ancestors 'none'; base-uri 'none'"
    );
    let mut response = Response::new(page.into_string().into_bytes());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.extend(protection());
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html;charset=UTF-8"));
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn initial(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_uppercase).collect()
}
