//! Signing in and up.

use maud::{Markup, html};

use super::{layout, token};

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Wrong,
    Taken,
    Name,
    Password,
}

impl Refusal {
    fn kind(self) -> &'static str {
        match self {
            Self::Wrong => "wrong-password",
            Self::Taken => "name-taken",
            Self::Name => "bad-name",
            Self::Password => "short-password",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Wrong => "There is no user with this name and password.",
            Self::Taken => "This name is taken. Choose another one.",
            Self::Name => "A name has 1 to 64 characters.",
            Self::Password => "A password has at least 8 characters.",
        }
    }
}

/// One form, two buttons.
pub(crate) fn page(csrf: &str, refusal: Option<Refusal>) -> Markup {
    let main = html! {
        section.card.narrow {
            h1 { "Your photos and files in one place" }
            p { "Sign in, or choose a name and a password to sign up." }
            @if let Some(refusal) = refusal {
                p.problem role="alert" data-error=(refusal.kind()) { (refusal.text()) }
            }
            form.stack method="post" action="/sign-in" {
                (token(csrf))
                label for="username" { "Name" }
                input #username name="username" required maxlength="64" autocomplete="username" autocapitalize="none";
                label for="password" { "Password" }
                input #password name="password" type="password" required minlength="8" maxlength="256" autocomplete="current-password";
                div.row {
                    button.primary #sign-in { "Sign in" }
                    button #sign-up formaction="/sign-up" { "Sign up" }
                }
            }
        }
    };
    layout("Sign in", None, &main)
}
