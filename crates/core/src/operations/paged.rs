//! Operations whose response is one page of a list.

use super::Operation;
use crate::wire::Page;

/// An operation whose output is one page of a list; [`Client::pages`](crate::Client::pages) follows it to the end.
pub trait Paged: Operation<Output = Page<Self::Item>> + Sized {
    /// One entry of the list.
    type Item;

    /// The same list from the page on that `next` names ([`Page::next`]).
    fn after(&self, next: &str) -> Self;
}
