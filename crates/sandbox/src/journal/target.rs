//! The path and the query of a request, as far as they may be shown.

use http::Uri;

use super::mask;
use crate::catalogue::Catalogue;
use crate::route::segments;

/// Allowlists, since a caller's mistake can put a secret anywhere: as a path segment, or as a name without a value.
const SEGMENTS: [&str; 33] = [
    "accounts",
    "active",
    "api-v2",
    "authorize",
    "clone",
    "configuration",
    "definitions",
    "docs",
    "documents",
    "ecommerce",
    "elements",
    "enabled",
    "export",
    "formulas",
    "helpdesk",
    "hubs",
    "instances",
    "keys",
    "media",
    "metadata",
    "oauth",
    "objects",
    "organizations",
    "ping",
    "provider",
    "self",
    "social",
    "token",
    "transformations",
    "url",
    "users",
    "vdrs",
    "your_moms",
];
const QUERY_NAMES: [&str; 24] = [
    "apiKey",
    "apiSecret",
    "authentication.type",
    "callbackUrl",
    "client_id",
    "hydrate",
    "isOauthProxy",
    "merchantId",
    "newUser",
    "nextPage",
    "oauth_callback",
    "oauth_token",
    "pageSize",
    "redirect_uri",
    "requestToken",
    "response_type",
    "returnTotalCount",
    "scope",
    "searchText",
    "siteAddress",
    "state",
    "subdomain",
    "tags[]",
    "where",
];

fn shown_segment<'a>(segment: &'a str, catalogue: &Catalogue) -> &'a str {
    let number = segment.len() < 10 && segment.bytes().all(|byte| byte.is_ascii_digit());
    let known = SEGMENTS.contains(&segment)
        || catalogue.by_key(segment).is_some()
        || catalogue.has_entry(segment)
        || catalogue.has_word(segment);
    if number || known { segment } else { "…" }
}

pub(super) fn path(uri: &Uri, catalogue: &Catalogue) -> String {
    segments(uri).iter().flat_map(|segment| ["/", shown_segment(segment, catalogue)]).collect()
}

pub(super) fn query_names(query: &str) -> Vec<String> {
    form_urlencoded::parse(query.as_bytes()).map(|(name, _)| shown_name(&name).to_owned()).collect()
}

/// The query for a person: decoded, without a value that could be a secret.
pub(super) fn query(query: &str) -> String {
    let shown =
        |(name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| match shown_name(&name) {
            "…" => "…".to_owned(),
            name => format!("{name}={}", mask::member(name, &value)),
        };
    form_urlencoded::parse(query.as_bytes()).map(shown).collect::<Vec<_>>().join("&")
}

fn shown_name(name: &str) -> &str {
    if QUERY_NAMES.contains(&name) { name } else { "…" }
}
