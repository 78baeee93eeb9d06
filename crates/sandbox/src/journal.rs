//! What was asked of the sandbox, without a value that could be a secret.

use http::{Request, StatusCode};

use crate::catalogue::Catalogue;
use crate::route::{Call, segments};

/// One request and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The call it made, if it made one.
    pub call: Option<Call>,
    /// The method, such as `GET`.
    pub method: String,
    /// The path. A segment that is no word of the API, no key of a connector or of a configuration entry
    /// and no number reads `…`.
    pub path: String,
    /// The names in the query, in order, without their values. A name that the API does not know reads `…`.
    pub query_names: Vec<String>,
    /// The names of the header fields, sorted, once each.
    pub header_names: Vec<String>,
    /// Length of the body in bytes.
    pub body_length: usize,
    /// The status of the response; `None` if the connection was reset.
    pub status: Option<StatusCode>,
    /// The name of the fault that was used, as [`Fault::name`](crate::Fault::name) has it.
    pub fault: Option<String>,
    /// The habits of [`Behaviour`](crate::Behaviour) that changed something: `filter-ignored`, `small-page`, `shown-late`
    /// or `tags-stripped`.
    pub behaviours: Vec<&'static str>,
}

impl Record {
    pub(crate) fn of(
        request: &Request<&[u8]>,
        call: Option<Call>,
        status: Option<StatusCode>,
        catalogue: &Catalogue,
    ) -> Self {
        let mut header_names: Vec<_> = request.headers().keys().map(ToString::to_string).collect();
        header_names.sort();
        Self {
            call,
            method: request.method().to_string(),
            path: segments(request.uri()).iter().flat_map(|it| ["/", shown_segment(it, catalogue)]).collect(),
            query_names: query_names(request.uri().query().unwrap_or_default()),
            header_names,
            body_length: request.body().len(),
            status,
            fault: None,
            behaviours: Vec::new(),
        }
    }
}

/// Allowlists, since a caller's mistake can put a secret anywhere: as a path segment, or as a name without a value.
const SEGMENTS: [&str; 20] = [
    "api-v2",
    "authorize",
    "configuration",
    "documents",
    "ecommerce",
    "elements",
    "enabled",
    "helpdesk",
    "hubs",
    "instances",
    "media",
    "oauth",
    "ping",
    "provider",
    "self",
    "social",
    "token",
    "url",
    "users",
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

fn query_names(query: &str) -> Vec<String> {
    let shown = |name: &str| if QUERY_NAMES.contains(&name) { name.to_owned() } else { "…".to_owned() };
    form_urlencoded::parse(query.as_bytes()).map(|(name, _)| shown(&name)).collect()
}
