//! Lists come in pages: `pageSize` (default and maximum 200) and `nextPage`, which repeats the header
//! `elements-next-page-token` of the page before.

use http::{HeaderName, HeaderValue, Response};
use serde_json::Value;

use crate::params::Params;
use crate::response::{Refusal, json_response};

const LARGEST: usize = 200;
const TOKEN_PREFIX: &str = "sandbox-page-after-";
static NEXT_PAGE: HeaderName = HeaderName::from_static("elements-next-page-token");

pub(super) struct Page<T> {
    items: Vec<T>,
    /// The id of the last item, if there are more.
    next: Option<u64>,
    cut_short: bool,
}

/// The page of `items` that the query asks for; they come with their ids, in ascending order. `at_most` is a limit
/// of the platform's own, below what was asked for.
pub(super) fn of<T>(
    query: &Params,
    items: impl Iterator<Item = (u64, T)>,
    at_most: Option<usize>,
) -> Result<Page<T>, Refusal> {
    let size = match query.once("pageSize")?.map(str::parse::<usize>) {
        None => LARGEST,
        Some(Ok(size)) if size > 0 => size.min(LARGEST),
        Some(_) => return Err(Refusal::bad_request("pageSize must be a number from 1 to 200.")),
    };
    let after = match query.once("nextPage")? {
        None => None,
        Some(token) => Some(
            token
                .strip_prefix(TOKEN_PREFIX)
                .and_then(|id| id.parse::<u64>().ok())
                .ok_or_else(|| Refusal::bad_request("nextPage is not a token of an earlier page."))?,
        ),
    };
    let asked = size;
    let size = at_most.map_or(asked, |at_most| asked.min(at_most.max(1)));
    let mut rest = items.filter(|(id, _)| after.is_none_or(|after| *id > after)).peekable();
    let (ids, items): (Vec<_>, Vec<_>) = rest.by_ref().take(size).unzip();
    let next = if rest.peek().is_some() { ids.last().copied() } else { None };
    Ok(Page { items, next, cut_short: next.is_some() && size < asked })
}

impl<T> Page<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether the platform's own limit made it smaller.
    pub(super) fn is_cut_short(&self) -> bool {
        self.cut_short
    }

    pub(super) fn into_response(self, to_json: impl FnMut(T) -> Value) -> Response<Vec<u8>> {
        let mut response = json_response(&self.items.into_iter().map(to_json).collect());
        if let Some(Ok(token)) = self.next.map(|id| HeaderValue::try_from(format!("{TOKEN_PREFIX}{id}"))) {
            response.headers_mut().insert(NEXT_PAGE.clone(), token);
        }
        response
    }
}
