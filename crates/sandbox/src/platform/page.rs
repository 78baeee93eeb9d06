//! Lists come in pages: `pageSize` (default and maximum 200) and `nextPage`, which repeats the header
//! `elements-next-page-token` of the page before.

use http::{HeaderValue, Response};
use serde_json::Value;

use crate::params::Params;
use crate::response::{NEXT_PAGE, Refusal, json_response};

const LARGEST: usize = 200;
const TOKEN_PREFIX: &str = "sandbox-page-after-";

/// Which part of a list the query asks for.
pub(super) struct Window {
    size: usize,
    /// The id after which it begins; no id is 0.
    pub(super) after: u64,
}

pub(super) struct Page<T> {
    items: Vec<T>,
    /// The id of the last item, if there are more.
    next: Option<u64>,
}

impl Window {
    pub(super) fn of(query: &Params) -> Result<Self, Refusal> {
        let size = match query.once("pageSize")?.map(str::parse::<usize>) {
            None => LARGEST,
            Some(Ok(size)) if size > 0 => size.min(LARGEST),
            Some(_) => return Err(Refusal::bad_request("pageSize must be a number from 1 to 200.")),
        };
        let after = match query.once("nextPage")? {
            None => 0,
            Some(token) => token
                .strip_prefix(TOKEN_PREFIX)
                .and_then(|id| id.parse().ok())
                .ok_or_else(|| Refusal::bad_request("nextPage is not a token of an earlier page."))?,
        };
        Ok(Self { size, after })
    }

    /// A limit of the platform's own. Whether it is below what was asked for.
    pub(super) fn limit(&mut self, at_most: usize) -> bool {
        let asked = self.size;
        self.size = asked.min(at_most.max(1));
        self.size < asked
    }

    /// The page of `items`; they come with their ids, in ascending order.
    pub(super) fn page<T>(&self, items: impl Iterator<Item = (u64, T)>) -> Page<T> {
        let mut rest = items.skip_while(|(id, _)| *id <= self.after).peekable();
        let (ids, items): (Vec<_>, Vec<_>) = rest.by_ref().take(self.size).unzip();
        let next = if rest.peek().is_some() { ids.last().copied() } else { None };
        Page { items, next }
    }
}

impl<T> Page<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn is_last(&self) -> bool {
        self.next.is_none()
    }

    pub(super) fn into_response(self, to_json: impl FnMut(T) -> Value) -> Response<Vec<u8>> {
        let mut response = json_response(&self.items.into_iter().map(to_json).collect());
        if let Some(Ok(token)) = self.next.map(|id| HeaderValue::try_from(format!("{TOKEN_PREFIX}{id}"))) {
            response.headers_mut().insert(NEXT_PAGE.clone(), token);
        }
        response
    }
}
