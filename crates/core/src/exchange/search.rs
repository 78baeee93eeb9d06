//! What became of a creation.

use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use super::exchange::Exchange;
use super::machine::{Event, Machine, Step};
use super::retry::RetryPolicy;
use crate::error::{Error, ErrorClass};
use crate::instance::Instance;
use crate::operations::{CreateRecord, ListInstances, Paged as _};
use crate::platform::Platform;
use crate::wire::Page;

/// The most pages of a list that one look goes through: at 200 entries a page, two million.
const PAGES: usize = 10_000;

/// The search for the instance of one creation: through every page of the account's instances, again and again with longer
/// waits, until one carries the creation's marker or [`RetryPolicy::search`] is over.
///
/// One match is the instance. Two are [`Error::Ambiguous`]. None is `Ok(None)`: it was not made, or is not listed yet.
pub struct Search(Exchange<ListInstances>, Box<Look>);

/// One look through all pages, and what is left for further ones.
struct Look {
    record: CreateRecord,
    platform: Platform,
    /// What is left for waits between looks.
    left: Duration,
    /// What is left of the deadline.
    deadline: Duration,
    waits: u32,
    /// What a look ends with that no further look would change.
    hopeless: &'static [ErrorClass],
    list: ListInstances,
    /// The list to look through after this one.
    then: Option<ListInstances>,
    seen: HashSet<String>,
    found: Vec<Instance>,
    /// Found by an earlier look that could not see every page.
    glimpsed: Option<Instance>,
    failure: Option<Error>,
}

impl Search {
    /// Starts the search.
    pub fn new(record: &CreateRecord, platform: &Platform, policy: RetryPolicy) -> Self {
        let (list, then) = record.lists();
        Box::new(Look {
            record: record.clone(),
            platform: platform.clone(),
            left: policy.search,
            deadline: policy.deadline,
            waits: 0,
            hopeless: &[ErrorClass::Invalid, ErrorClass::Unauthorized, ErrorClass::Forbidden],
            list,
            then,
            seen: HashSet::new(),
            found: Vec::new(),
            glimpsed: None,
            failure: None,
        })
        .start()
    }

    /// The same search without waits: one look.
    pub(super) fn once(mut self) -> Self {
        self.1.left = Duration::ZERO;
        self
    }

    /// The same search after a creation that ended with `first`. Secrets that were accepted then are not wrong.
    pub(super) fn after(mut self, first: &Error) -> Self {
        self.1.hopeless = match first.class() {
            ErrorClass::Unauthorized => &[ErrorClass::Invalid, ErrorClass::Unauthorized],
            ErrorClass::Forbidden => &[ErrorClass::Invalid, ErrorClass::Forbidden],
            _ => &[ErrorClass::Invalid],
        };
        self
    }

    /// First a wait, then the search: what may still be under way does not show at once.
    pub(super) fn later(mut self) -> Step<Self> {
        match self.1.next_wait() {
            Some(wait) => Step::Wait(wait, self.1.start()),
            None => self.step(),
        }
    }
}

impl Look {
    /// A page is asked for once: looking again is what this machine does anyway.
    fn start(self: Box<Self>) -> Search {
        let policy = RetryPolicy { deadline: self.deadline, ..RetryPolicy::NEVER };
        Search(Exchange::new(self.list.clone(), &self.platform, policy), self)
    }

    /// How long to wait before the next look: 1, 2, 3, … seconds, as long as there is time.
    fn next_wait(&mut self) -> Option<Duration> {
        self.waits = self.waits.saturating_add(1);
        let wait = Duration::from_secs(self.waits.into()).min(self.left);
        // After the wait there must be time to look.
        if wait.is_zero() || wait >= self.deadline {
            return None;
        }
        self.left = self.left.saturating_sub(wait);
        if self.deadline < Duration::MAX {
            self.deadline = self.deadline.saturating_sub(wait);
        }
        (self.list, self.then) = self.record.lists();
        self.seen.clear();
        Some(wait)
    }

    fn read(mut self: Box<Self>, result: Result<Page<Instance>, Error>) -> Step<Search> {
        match result {
            Ok(page) => {
                self.keep(page.items);
                // A token that repeats ends the pages: a list may go round in a circle, or never end.
                let next = page.next.filter(|next| self.seen.len() < PAGES && self.seen.insert(next.clone()));
                if let Some(next) = next {
                    self.list = self.list.after(&next);
                    return self.start().step();
                }
            }
            Err(error) => self.failure = Some(error),
        }
        if self.found.is_empty()
            && let Some(then) = self.then.take()
        {
            self.list = then;
            self.seen.clear();
            return self.start().step();
        }
        self.end_of_look()
    }

    fn end_of_look(mut self: Box<Self>) -> Step<Search> {
        let failure = self.failure.take();
        if self.found.len() > 1 {
            return Step::Done(Err(Error::Ambiguous { ids: self.found.iter().map(Instance::id).collect() }));
        }
        let found = self.found.pop();
        if failure.is_none() && found.is_some() {
            return Step::Done(Ok(found));
        }
        self.glimpsed = found.or(self.glimpsed.take());
        if failure.as_ref().is_some_and(|failure| self.hopeless.contains(&failure.class())) {
            self.left = Duration::ZERO;
        }
        if let Some(wait) = self.next_wait() {
            return Step::Wait(wait, self.start());
        }
        Step::Done(match (self.glimpsed.take(), failure) {
            (None, Some(error)) => Err(error),
            (glimpsed, _) => Ok(glimpsed),
        })
    }

    /// An instance that comes on two pages, as it may while the list changes, is one.
    fn keep(&mut self, instances: Vec<Instance>) {
        for instance in instances {
            let known = self.found.iter().any(|found| found.id() == instance.id());
            if !known && self.record.made(&instance) {
                self.found.push(instance);
            }
        }
    }
}

impl Machine for Search {
    type Output = Option<Instance>;

    fn advance(self, event: Event) -> Step<Self> {
        let Self(exchange, mut look) = self;
        if let Err(error) = look.record.check(&look.platform) {
            return Step::Done(Err(error.into()));
        }
        look.deadline = exchange.left_after(&event);
        exchange.advance(event).embed(look, Self, |result, look| look.read(result))
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Search").field(&self.1.record).finish()
    }
}
