//! Lists come in pages: `pageSize` (default and maximum 200) and `nextPage`, which repeats the answer's header
//! `elements-next-page-token`.

use http::{HeaderName, HeaderValue, Response};
use serde_json::Value;

use crate::answer::{Refusal, json_response};
use crate::params::Params;

const LARGEST: usize = 200;
const TOKEN_PREFIX: &str = "sandbox-page-after-";
static NEXT_PAGE: HeaderName = HeaderName::from_static("elements-next-page-token");

pub(super) struct Page<T> {
    items: Vec<T>,
    /// The id of the last item, if there are more.
    next: Option<u64>,
}

/// The page of `items` that the query asks for; they come with their ids, in ascending order.
pub(super) fn of<T>(query: &Params, items: impl Iterator<Item = (u64, T)>) -> Result<Page<T>, Refusal> {
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
    let mut rest = items.filter(|(id, _)| after.is_none_or(|after| *id > after)).peekable();
    let (ids, items): (Vec<_>, Vec<_>) = rest.by_ref().take(size).unzip();
    let next = if rest.peek().is_some() { ids.last().copied() } else { None };
    Ok(Page { items, next })
}

impl<T> Page<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn into_response(self, to_json: impl FnMut(T) -> Value) -> Response<Vec<u8>> {
        let mut response = json_response(&self.items.into_iter().map(to_json).collect());
        if let Some(Ok(token)) = self.next.map(|id| HeaderValue::try_from(format!("{TOKEN_PREFIX}{id}"))) {
            response.headers_mut().insert(NEXT_PAGE.clone(), token);
        }
        response
    }
}
