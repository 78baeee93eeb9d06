//! One account.

use maud::{Markup, html};
use your_moms_core::Error as CallError;

use super::accounts::{same, status};
use super::error::ids;
use super::words::words;
use super::{button, layout, token};
use crate::db::accounts::Account;
use crate::services::{Item, Service};

/// What is in an account.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) items: Vec<Item>,
    /// The platform has more than this page shows.
    pub(crate) more: bool,
}

pub(crate) fn page(
    user: &str,
    csrf: &str,
    account: &Account,
    service: &Service,
    contents: &Result<Contents, CallError>,
    twins: &[Account],
) -> Markup {
    let main = html! {
        nav aria-label="Where you are" { a href="/accounts" { "← Your accounts" } }
        div.line data-account=(account.id) {
            span.avatar aria-hidden="true" { (service.title.chars().next().unwrap_or('?')) }
            div.grow {
                h1 data-name { (account.name) }
                p.faint { (service.title) @if let Some(name) = &account.holder_name { " · " (name) } }
            }
            (status(account))
        }
        @if let Some(twin) = twins.first() { (same(csrf, account, &twin.name)) }
        @match contents {
            Err(error) => (problem(error)),
            Ok(contents) => (inside(account, service, contents)),
        }
        (settings(csrf, account))
    };
    layout(&account.name, Some((user, csrf)), &main)
}

fn problem(error: &CallError) -> Markup {
    let kind = error.class().name();
    let words = words(kind);
    html! {
        section.card.notice data-error=(kind) {
            h2 { (words.title) }
            p { (words.advice) }
            (ids(None, error.request_id()))
        }
    }
}

fn inside(account: &Account, service: &Service, contents: &Contents) -> Markup {
    html! {
        section aria-labelledby="items" {
            h2 #items { (service.items_title) }
            @if account.status == "disabled" {
                p.empty { "This account is disabled. Enable it to see what is in it." }
            } @else if account.status == "expired" {
                p.empty { "The service no longer grants access. Authorize this account again." }
            } @else if contents.items.is_empty() {
                p.empty { "There is nothing here yet." }
            } @else {
                ul.grid { @for item in &contents.items { (tile(item)) } }
                @if contents.more { p.faint { "There is more than this page shows." } }
            }
        }
    }
}

/// A picture that cannot be loaded leaves the coloured ground; its caption stands below.
fn tile(item: &Item) -> Markup {
    let text = item.caption.as_ref().map(|caption| caption.text.as_str()).or(item.name.as_deref());
    let text = text.unwrap_or("Untitled");
    let https = |url: &&str| url.starts_with("https://");
    let image = item.images.as_ref().map(|images| images.standard_resolution.url.as_str()).filter(https);
    html! {
        li.tile data-item {
            @if item.images.is_some() { div.picture { @if let Some(url) = image { img src=(url) alt="" loading="lazy"; } } }
            @match item.link.as_deref().filter(https) {
                Some(link) => p { a href=(link) rel="noreferrer" { (text) } },
                None => p { (text) },
            }
            @if item.directory { p.faint { "Folder" } }
            @else if let Some(size) = item.size { p.faint { (size.div_ceil(1000)) " kB" } }
            @if let (Some(likes), Some(comments)) = (&item.likes, &item.comments) {
                p.faint { (likes.count) " likes · " (comments.count) " comments" }
            }
        }
    }
}

fn settings(csrf: &str, account: &Account) -> Markup {
    let action = |verb: &str| format!("/accounts/{}/{verb}", account.id);
    html! {
        section.card aria-labelledby="settings" {
            h2 #settings { "Settings" }
            form.stack method="post" action=(action("rename")) {
                (token(csrf))
                label for="name" { "Name" }
                div.row {
                    input.grow #name name="name" value=(account.name) required maxlength="100" autocomplete="off";
                    button #rename { "Rename" }
                }
            }
            div.row {
                (button(&action("reauthorize"), csrf, Some("reauthorize"), None, "Authorize again"))
                @if account.status == "disabled" {
                    (button(&action("enable"), csrf, Some("enable"), None, "Enable"))
                } @else {
                    (button(&action("disable"), csrf, Some("disable"), None, "Disable"))
                }
                (button(&action("disconnect"), csrf, Some("disconnect"), Some("danger"), "Disconnect"))
            }
        }
    }
}
