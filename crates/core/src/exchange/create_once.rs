//! Creating exactly once, over an API that has no idempotency key.
//!
//! A creation is sent again only when it has certainly not happened: nothing was sent, or the platform itself said 429.
//! Anything else is searched for by the creation's marker and never sent again, so a response that is lost costs neither the
//! token nor a second instance.
//!
//! ```text
//!   creating ── may have happened ──▶ searching ── one match ──▶ done: the instance
//!      │                                  │
//!      │                                  ├── two matches ─────▶ done: ambiguous
//!      │                                  └── none ────────────▶ done: the creation's error
//!      └── made, or certainly not made ──▶ done
//! ```
//!
//! Waiting, looking once and sending again is not enough: a gateway's 429 in place of the response and a list that shows the
//! instance late make a duplicate of it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::exchange::Exchange;
use super::machine::{Event, Machine, Step};
use super::retry::RetryPolicy;
use super::search::Search;
use crate::error::Error;
use crate::instance::Instance;
use crate::operations::{CreateInstance, Creation};
use crate::platform::Platform;

/// One creation and, where its outcome is unknown, the search for it. [`Client::create`](crate::Client::create) drives it.
///
/// A creation that was sent before with an unknown outcome is only searched for, also by another machine of the same value.
pub struct CreateOnce(Stage);

enum Stage {
    Creating(Exchange<Arc<Creation>>, Rest),
    Searching(Search, Error),
}

/// What the search takes, should there be one.
struct Rest {
    creation: Arc<Creation>,
    platform: Platform,
    policy: RetryPolicy,
}

impl Rest {
    fn search(&self) -> Search {
        Search::new(&self.creation.record(), &self.platform, self.policy)
    }

    fn with_deadline(mut self, left: Duration) -> Self {
        self.policy.deadline = left;
        self
    }
}

impl CreateOnce {
    /// Starts the creation.
    pub fn new(create: &CreateInstance, platform: &Platform, policy: RetryPolicy) -> Self {
        let creation = create.creation();
        let rest = Rest { creation: creation.clone(), platform: platform.clone(), policy };
        // Twice the waits of a search: looking takes time as well. Without it, what times out could not be searched for.
        let creating =
            Exchange::new(creation.clone(), platform, policy).reserving(policy.search.saturating_mul(2));
        Self(Stage::Creating(creating, rest))
    }

    fn created(result: Result<Instance, Error>, rest: &Rest) -> Step<Self> {
        match result {
            Err(first) if first.may_have_happened() => {
                // Where the platform itself has failed, nothing is going on that a wait could show; with 408 something may be.
                let settled = matches!(&first, Error::Response(error)
                    if error.is_from_platform() && error.status().is_server_error());
                let search = rest.search().after(&first);
                let step = if settled { search.once().step() } else { search.later() };
                step.embed(first, Self::searching, Self::searched)
            }
            result => {
                rest.creation.sent().store(result.is_ok(), Ordering::Release);
                Step::Done(result)
            }
        }
    }

    fn searching(search: Search, first: Error) -> Self {
        Self(Stage::Searching(search, first))
    }

    /// The error of the creation is the one that is reported: it is the one that tells what happened.
    fn searched(result: Result<Option<Instance>, Error>, first: Error) -> Step<Self> {
        Step::Done(match result {
            Ok(Some(instance)) => Ok(instance),
            Err(error @ Error::Ambiguous { .. }) => Err(error),
            Ok(None) | Err(_) => Err(first),
        })
    }
}

impl Machine for CreateOnce {
    type Output = Instance;

    fn advance(self, event: Event) -> Step<Self> {
        match self.0 {
            Stage::Creating(exchange, rest)
                if exchange.is_new() && rest.creation.sent().swap(true, Ordering::AcqRel) =>
            {
                rest.search().step().embed(Error::AlreadySent, Self::searching, Self::searched)
            }
            Stage::Creating(exchange, rest) => {
                let rest = rest.with_deadline(exchange.left_after(&event));
                exchange.advance(event).embed(
                    rest,
                    |exchange, rest| Self(Stage::Creating(exchange, rest)),
                    |result, rest| Self::created(result, &rest),
                )
            }
            Stage::Searching(search, first) => {
                search.advance(event).embed(first, Self::searching, Self::searched)
            }
        }
    }
}

impl fmt::Debug for CreateOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Stage::Creating(exchange, _) => f.debug_tuple("CreateOnce").field(exchange).finish(),
            Stage::Searching(search, _) => f.debug_tuple("CreateOnce").field(search).finish(),
        }
    }
}
