//! What a browser is shown. Pages are drawn from plain values; nothing here asks a database or the platform.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod error;
pub(crate) mod sign;
mod words;

use maud::{DOCTYPE, Markup, html};

pub(crate) const STYLE: &str = include_str!("style.css");
pub(crate) const SCRIPT: &str = include_str!("script.js");

/// A whole page. `user` is the name of who is signed in, and the token of their forms.
fn layout(title: &str, user: Option<(&str, &str)>, main: &Markup) -> Markup {
    reloading(title, user, false, main)
}

/// A whole page that is asked for again every other second where there is no JavaScript.
fn reloading(title: &str, user: Option<(&str, &str)>, reload: bool, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Albums" }
                link rel="stylesheet" href="/style.css";
                script src="/script.js" defer {}
                @if reload { noscript { meta http-equiv="refresh" content="2"; } }
            }
            body {
                header.top {
                    a.brand href="/" { "Albums" }
                    @if let Some((name, csrf)) = user {
                        form method="post" action="/sign-out" {
                            (token(csrf))
                            span.who { (name) }
                            button.quiet #sign-out { "Sign out" }
                        }
                    }
                }
                main { (main) }
                footer { p { "An example application of your-moms." } }
            }
        }
    }
}

/// What makes a form one of this session's.
fn token(csrf: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(csrf); }
}

/// A form that is one button.
fn button(action: &str, csrf: &str, id: Option<&str>, class: Option<&str>, label: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (token(csrf))
            button class=[class] id=[id] { (label) }
        }
    }
}
