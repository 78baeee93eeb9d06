//! One page of a list.

use http::{Response, StatusCode};
use serde::de::DeserializeOwned;

use super::json;
use crate::error::ResponseError;

/// The header in which the platform names the next page. It keeps its name in every vocabulary.
const NEXT_PAGE: &str = "elements-next-page-token";

/// One page of a list. The platform stops silently after 200 entries, so a list is not complete before
/// [`next`](Self::next) is `None`; [`Client::pages`](crate::Client::pages) follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries, in the platform's order.
    pub items: Vec<T>,
    /// What to ask for the next page with, if there is one.
    pub next: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), next: None }
    }
}

/// The entries as an `L`, and the token of the next page. The platform responds with 404 `No … found` where there is nothing
/// to list; any other 404 is an error, so that a wrong base URL does not look like an empty account.
pub(crate) fn read_page<L: DeserializeOwned + Default>(
    response: &Response<&[u8]>,
) -> Result<(L, Option<String>), ResponseError> {
    let items = match json::read(response) {
        Err(error) if is_empty_list(&error) => return Ok((L::default(), None)),
        items => items?,
    };
    let next = response.headers().get(NEXT_PAGE).and_then(|value| value.to_str().ok());
    Ok((items, next.filter(|next| !next.is_empty()).map(str::to_owned)))
}

fn is_empty_list(error: &ResponseError) -> bool {
    let message = error.message().unwrap_or_default().trim_end_matches('.');
    error.status() == StatusCode::NOT_FOUND && message.starts_with("No ") && message.ends_with(" found")
}
