//! Names that are almost those the platform knows.

use strsim::osa_distance;

/// The members of a body that makes or changes an instance, beside the connector.
const MEMBERS: [&str; 9] = [
    "providerData",
    "configuration",
    "tags",
    "name",
    "externalAuthentication",
    "oauthProxy",
    "retrieveObjectsAfterInstantiation",
    "id",
    "disabled",
];

/// The nouns of the known deployments.
const NOUNS: [&str; 2] = ["your_mom", "element"];

/// The entries that most connectors have.
const ENTRIES: [&str; 12] = [
    "oauth.api.key",
    "oauth.api.secret",
    "oauth.callback.url",
    "oauth.scope",
    "base.url",
    "username",
    "password",
    "event.notification.enabled",
    "event.notification.callback.url",
    "event.vendor.type",
    "event.poller.configuration",
    "filter.response.nulls",
];

/// Whether a body that makes or changes an instance has a member of this name.
pub(super) fn is_known(name: &str) -> bool {
    MEMBERS.contains(&name) || NOUNS.contains(&name)
}

/// Whether `name` is almost one of them.
pub(super) fn is_misspelt(name: &str) -> bool {
    suggestion(name, &MEMBERS, |_| false).or_else(|| noun(name)).is_some()
}

/// Whether `name` is `right`, give or take a slip of the fingers.
pub(super) fn is_close(name: &str, right: &str) -> bool {
    if name == right {
        return true;
    }
    // A long name is none of ours; comparing it would cost its length squared.
    let allowed = if right.len() < 6 { 1 } else { 2 };
    name.len().abs_diff(right.len()) <= allowed
        && (differ_little(name, right) && osa_distance(name, right) <= allowed
            || plain(name).eq(plain(right)))
}

/// Without case, and without what people put between words.
fn plain(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether two names begin and end alike, so that they are worth a closer look. Most are not, and this is much cheaper.
fn differ_little(a: &str, b: &str) -> bool {
    let before = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let after = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) <= before + after + 4
}

/// The member that was meant by `name`, if it is misspelt and `taken` does not say that the right one is there too.
pub(super) fn member(name: &str, noun: Option<&str>, taken: impl Fn(&str) -> bool) -> Option<&'static str> {
    if is_known(name) || Some(name) == noun {
        return None;
    }
    suggestion(name, &MEMBERS, taken)
}

/// The noun that was meant.
pub(super) fn noun(name: &str) -> Option<&'static str> {
    suggestion(name, &NOUNS, |_| false)
}

/// The entry of a configuration that was meant.
pub(super) fn entry(name: &str, taken: impl Fn(&str) -> bool) -> Option<&'static str> {
    let one_slip = |right: &str| osa_distance(name, right) <= 1 || plain(name).eq(plain(right));
    suggestion(name, &ENTRIES, taken).filter(|right| one_slip(right))
}

/// What was meant by the first segment of a path under the base URL.
pub(crate) fn path_segment(name: &str) -> Option<&'static str> {
    let known = [
        "your_moms",
        "elements",
        "instances",
        "hubs",
        "organizations",
        "formulas",
        "accounts",
        "users",
        "usage",
        "ping",
    ];
    suggestion(name, &known, |_| false)
}

/// What was meant by the first word of a part of `Authorization`. Short words may be secrets, so only one letter may differ.
pub(crate) fn authorization_part(name: &str) -> Option<&'static str> {
    let known = ["Organization", "User", "Your_mom", "Element"];
    suggestion(name, &known, |_| false)
        .filter(|right| osa_distance(name, right) <= 1 || plain(name).eq(plain(right)))
}

fn suggestion(name: &str, known: &[&'static str], taken: impl Fn(&str) -> bool) -> Option<&'static str> {
    if known.contains(&name) {
        return None;
    }
    known.iter().copied().find(|right| is_close(name, right) && !taken(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognized_and_other_names_are_not() {
        let free = |_: &str| false;
        for (name, right) in [
            ("providerdata", "providerData"),
            ("configration", "configuration"),
            ("tag", "tags"),
            ("nmae", "name"),
            ("provider_data", "providerData"),
        ] {
            assert_eq!(member(name, None, free), Some(right));
        }
        for name in ["connector", "fields", "values", "game1", "path", ""] {
            assert_eq!(member(name, None, free), None, "{name}");
        }
        assert_eq!(entry("oauth.api.scret", free), Some("oauth.api.secret"));
        assert_eq!(entry("oauth_api_key", free), Some("oauth.api.key"));
        assert_eq!(entry("oauth.token.url", free), None);
        assert_eq!(noun("elemnt"), Some("element"));
    }
}
