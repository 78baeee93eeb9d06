//! What went wrong, and what to do about it, in words for people.

/// A title and an advice.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) advice: &'static str,
}

/// The words for a kind of error, as [`Error::kind`](crate::Error::kind) and failed attempts name it.
pub(super) fn words(kind: &str) -> Words {
    let (title, advice) = match kind {
        "signed-out" => ("You are not signed in", "Sign in, and then start again."),
        "forged-form" => (
            "This form is out of date",
            "It was opened before you signed in or out, or it came from another site. Go back, reload the page, and try \
             again.",
        ),
        "unreadable-form" => ("This form cannot be read", "Go back, check what you entered, and try again."),
        "not-found" => ("There is nothing here", "The account may have been disconnected in the meantime."),
        "denied" => (
            "You did not allow access",
            "Nothing was connected. If that was a mistake, start again and press Allow.",
        ),
        "state-mismatch" => (
            "This link cannot be used",
            "It was used already, or it was not you who started it. Nothing new was connected. Look at your accounts, \
             and if the one you wanted is not there, start again.",
        ),
        "expired" => (
            "That took too long",
            "An authorization is good for ten minutes. Nothing was connected. Start again.",
        ),
        "missing" | "duplicate" | "malformed" => (
            "The service's reply cannot be read",
            "Nothing was connected. Start again; if it happens again, tell us the request id below.",
        ),
        "not-connected" => {
            ("Not connected. Try again.", "The platform did not tell us of a connected account.")
        }
        "unauthorized" => (
            "The platform does not know this account any more",
            "It was disconnected elsewhere. Disconnect it here and connect it again.",
        ),
        "forbidden" => ("The service refuses access", "Authorize the account again."),
        "rate-limited" | "unavailable" | "timed-out" | "unreachable" | "interrupted" => {
            ("The platform does not respond at the moment", "Nothing is lost. Try again in a few minutes.")
        }
        "conflict" | "ambiguous" | "unresolved" => {
            ("The account is in an unclear state", "Tell us the request id below, and we will look at it.")
        }
        "refused" => {
            ("The platform refused", "Start again; if it happens again, tell us the request id below.")
        }
        _ => (
            "Something went wrong on our side",
            "Try again; if it happens again, tell us the request id below.",
        ),
    };
    Words { title, advice }
}
