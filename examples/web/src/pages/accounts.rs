//! The list of accounts, connected and on their way.

use maud::{Markup, html};

use super::error::ids;
use super::words::words;
use super::{button, reloading};
use crate::db::accounts::Account;
use crate::db::attempts::Attempt;
use crate::services::{SERVICES, service};

pub(crate) fn page(
    user: &str,
    csrf: &str,
    accounts: &[Account],
    attempts: &[Attempt],
    has: impl Fn(&str) -> bool,
) -> Markup {
    let main = html! {
        h1 { "Your accounts" }
        div #live aria-live="polite" {
            ul.list {
                @for attempt in attempts { (on_its_way(csrf, attempt)) }
                @for account in accounts { (connected(csrf, account, accounts)) }
            }
            @if accounts.is_empty() && attempts.is_empty() {
                p.empty { "No account is connected yet. Connect one, and its photos or files appear here." }
            }
        }
        section aria-labelledby="more" {
            h2 #more { "Connect an account" }
            div.row {
                @for service in SERVICES.iter().filter(|service| has(service.key)) {
                    (button(
                        &format!("/connect/{}", service.key),
                        csrf,
                        Some(&format!("connect-{}", service.key)),
                        Some("primary"),
                        &format!("Connect {}", service.title),
                    ))
                }
            }
        }
    };
    let waiting = attempts.iter().any(|attempt| attempt.failure.is_none());
    reloading("Your accounts", Some((user, csrf)), waiting, &main)
}

fn on_its_way(csrf: &str, attempt: &Attempt) -> Markup {
    let title = service(&attempt.connector).map_or("The account", |service| service.title);
    html! {
        @if let Some(failure) = &attempt.failure {
            @let words = words(failure);
            li.card.notice data-attempt=(attempt.id) data-error=(failure) {
                h2 { (title) ": " (words.title) }
                p { (words.advice) }
                (ids(None, attempt.request_id.as_deref()))
                div.row {
                    @let action = match &attempt.account {
                        Some(account) => format!("/accounts/{account}/reauthorize"),
                        None => format!("/connect/{}", attempt.connector),
                    };
                    (button(&action, csrf, None, Some("primary"), "Try again"))
                    (button(&format!("/attempts/{}/dismiss", attempt.id), csrf, None, None, "Dismiss"))
                }
            }
        } @else {
            li.card data-attempt=(attempt.id) data-progress {
                p.working {
                    span.spinner aria-hidden="true" {}
                    @if attempt.account.is_some() { (title) " is being authorized again…" }
                    @else { (title) " is being connected…" }
                }
                p.faint { "This takes up to half a minute. You may close this page." }
            }
        }
    }
}

fn connected(csrf: &str, account: &Account, all: &[Account]) -> Markup {
    let title = service(&account.connector).map_or(account.connector.as_str(), |service| service.title);
    html! {
        li.card data-account=(account.id) {
            div.line {
                span.avatar aria-hidden="true" { (title.chars().next().unwrap_or('?')) }
                div.grow {
                    h2 { a href={ "/accounts/" (account.id) } data-name { (account.name) } }
                    p.faint { (title) @if let Some(name) = &account.holder_name { " · " (name) } }
                }
                (status(account))
            }
            @if let Some(twin) = all.iter().find(|other| account.is_same_as(other)) {
                (same(csrf, account, &twin.name))
            }
        }
    }
}

/// The status as a word.
pub(super) fn status(account: &Account) -> Markup {
    let word = match account.status.as_str() {
        "disabled" => "Disabled",
        "expired" => "Authorize again",
        _ => "Connected",
    };
    html! { span.status.(account.status) data-status=(account.status) { (word) } }
}

/// The same account is connected more than once.
pub(super) fn same(csrf: &str, account: &Account, other: &str) -> Markup {
    html! {
        div.same data-duplicate {
            p { "This is the same account as “" (other) "”. Keep one of them." }
            (button(&format!("/accounts/{}/keep", account.id), csrf, None, None, "Keep this one only"))
        }
    }
}
