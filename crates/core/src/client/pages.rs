//! Lists, page by page.

use std::collections::HashSet;
use std::fmt;
use std::vec;

use super::{AsyncClient, Client};
use crate::error::Error;
use crate::operations::Paged;
use crate::transport::{AsyncTransport, Transport};
use crate::wire::Page;

/// Where a list stands: the operation that brings the next page, and the page tokens that were seen.
struct Cursor<O> {
    next: Option<O>,
    seen: HashSet<String>,
}

impl<O: Paged> Cursor<O> {
    fn new(operation: O) -> Self {
        Self { next: Some(operation), seen: HashSet::new() }
    }

    /// Goes on after `page`. An error ends the list, and so does a page token that repeats: a list may go round in a circle.
    fn advance(&mut self, operation: &O, page: &Result<Page<O::Item>, Error>) {
        let next = page.as_ref().ok().and_then(|page| page.next.as_deref());
        self.next =
            next.filter(|next| self.seen.insert((*next).to_owned())).map(|next| operation.after(next));
    }
}

/// The pages of a list, each asked for when it is needed; [`Client::pages`] makes one. It ends after an error.
#[must_use = "nothing is asked for before it is iterated"]
pub struct Pages<T, O: Paged> {
    client: Client<T>,
    cursor: Cursor<O>,
}

impl<T: Transport, O: Paged> Pages<T, O> {
    pub(super) fn new(client: Client<T>, operation: O) -> Self {
        Self { client, cursor: Cursor::new(operation) }
    }

    /// The entries of all pages.
    pub fn items(self) -> Items<T, O> {
        Items { pages: self, page: Vec::new().into_iter() }
    }
}

impl<T: Transport, O: Paged> Iterator for Pages<T, O> {
    type Item = Result<Page<O::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let operation = self.cursor.next.take()?;
        let page = self.client.call(&operation);
        self.cursor.advance(&operation, &page);
        Some(page)
    }
}

impl<T, O: Paged> fmt::Debug for Pages<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

/// The entries of a list, each page asked for when it is needed; [`Pages::items`] makes one. It ends after an error.
#[must_use = "nothing is asked for before it is iterated"]
pub struct Items<T, O: Paged> {
    pages: Pages<T, O>,
    page: vec::IntoIter<O::Item>,
}

impl<T: Transport, O: Paged> Iterator for Items<T, O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = page.items.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<T, O: Paged> fmt::Debug for Items<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

/// The pages of a list, each asked for when it is needed; [`AsyncClient::pages`] makes one. It ends after an error.
#[must_use = "nothing is asked for before it is iterated"]
pub struct AsyncPages<T, O: Paged> {
    client: AsyncClient<T>,
    cursor: Cursor<O>,
}

impl<T: AsyncTransport, O: Paged> AsyncPages<T, O> {
    pub(super) fn new(client: AsyncClient<T>, operation: O) -> Self {
        Self { client, cursor: Cursor::new(operation) }
    }

    /// The next page; `None` after the last one. If the future is dropped before it ends, the same page can be asked for again.
    pub async fn next(&mut self) -> Option<Result<Page<O::Item>, Error>> {
        let operation = self.cursor.next.as_ref()?;
        let page = self.client.call(operation).await;
        if let Some(operation) = self.cursor.next.take() {
            self.cursor.advance(&operation, &page);
        }
        Some(page)
    }
}

impl<T, O: Paged> fmt::Debug for AsyncPages<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncPages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
