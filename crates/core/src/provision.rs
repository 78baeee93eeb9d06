//! Creating exactly once, over an API that has no idempotency key.
//!
//! The creation carries a tag that no other has, and is sent again only when nothing of it was
//! done for certain. Where the answer was
//! lost or cannot be read, nobody knows whether the instance exists; then the account's instances with that tag are
//! listed, a few times, until it shows. So an answer that is lost costs neither the token nor a second instance.
//!
//! ```text
//!   Creating ── the outcome is unknown ──▶ Waiting ──▶ Looking ── found ──▶ done: the instance
//!      │                                     ▲            │
//!      └── made, or certainly not ──▶ done   └─ not yet ──┴── no tries left ──▶ done: the first error
//! ```

use std::time::Duration;

use http::Response;

use crate::exchange::Machine;
use crate::{
    Connector, CreateInstance, Error, Exchange, Instance, ListInstances, Platform, RetryPolicy, Step,
    TransportError,
};

/// Waits before each look. The platform takes 9 to 26 seconds to make an instance, and may still be at it when a
/// connection breaks.
const LOOKS: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(6),
    Duration::from_secs(10),
    Duration::from_secs(15),
];

/// One creation, and the search for what became of it.
///
/// Drive it like an [`Exchange`]; [`Client::provision`](crate::Client::provision) does.
#[derive(Debug)]
pub struct Provision<'a> {
    marked: &'a Marked,
    platform: &'a Platform,
    looks: std::slice::Iter<'static, Duration>,
    stage: Stage<'a>,
}

#[derive(Debug)]
enum Stage<'a> {
    Creating(Exchange<'a, CreateInstance>),
    Waiting(Error),
    Looking(Exchange<'a, ListInstances>, Error),
    Spent,
}

/// A creation that can be found again: [`CreateInstance`] with a tag of its own, and the list that looks for it.
#[derive(Clone, Debug)]
pub struct Marked {
    create: CreateInstance,
    marker: String,
    find: ListInstances,
}

impl Marked {
    /// Adds the tag `marker` to `create`. No other creation may ever have the same: take it from a random source. Keep to
    /// ASCII letters, digits, `-` and `_`: the platform makes tags safe for HTML, and may change others.
    pub fn new(create: CreateInstance, marker: &str) -> Self {
        let find = ListInstances::new().tag(marker);
        Self { create: create.tag(marker), marker: marker.to_owned(), find }
    }

    /// Whether `instance` is the one that was created. The list is asked to leave out all others, but a deployment that
    /// passes over the filter must not hand this user another account's token.
    fn made(&self, instance: &Instance) -> bool {
        let key = instance.connector().and_then(Connector::key);
        instance.tags().contains(&self.marker.as_str()) && key.is_none_or(|key| key == self.create.key())
    }
}

impl<'a> Provision<'a> {
    /// Begins the creation. `seed` as for [`Exchange::new`].
    pub fn new(marked: &'a Marked, platform: &'a Platform, policy: RetryPolicy, seed: u64) -> Self {
        let stage = Stage::Creating(Exchange::new(&marked.create, platform, policy, seed));
        Self { marked, platform, looks: LOOKS.iter(), stage }
    }

    /// What to do next; as [`Exchange::step`].
    pub fn step(&mut self) -> Option<Step<Instance>> {
        match std::mem::replace(&mut self.stage, Stage::Spent) {
            Stage::Creating(mut create) => match create.step() {
                Some(Step::Done(Err(error))) if error.may_have_happened() => Some(self.look_again(error)),
                Some(Step::Done(result)) => Some(Step::Done(result)),
                other => {
                    self.stage = Stage::Creating(create);
                    other
                }
            },
            Stage::Waiting(error) => {
                // Once each: looking again is what this machine does anyway.
                let find = Exchange::new(&self.marked.find, self.platform, RetryPolicy::NEVER, 0);
                self.stage = Stage::Looking(find, error);
                self.step()
            }
            Stage::Looking(mut find, error) => match find.step() {
                Some(Step::Done(page)) => {
                    let found =
                        page.into_iter().flat_map(|page| page.instances).find(|made| self.marked.made(made));
                    Some(found.map_or_else(|| self.look_again(error), |made| Step::Done(Ok(made))))
                }
                Some(Step::Send(request)) => {
                    self.stage = Stage::Looking(find, error);
                    Some(Step::Send(request))
                }
                Some(Step::Wait(wait)) => {
                    self.stage = Stage::Looking(find, error);
                    Some(Step::Wait(wait))
                }
                None => {
                    self.stage = Stage::Looking(find, error);
                    None
                }
            },
            Stage::Spent => None,
        }
    }

    /// The error of the creation is the one that is reported in the end: it is the one that tells what happened.
    fn look_again(&mut self, error: Error) -> Step<Instance> {
        match self.looks.next() {
            Some(wait) => {
                self.stage = Stage::Waiting(error);
                Step::Wait(*wait)
            }
            None => Step::Done(Err(error)),
        }
    }

    /// Takes what came back for the last [`Step::Send`].
    pub fn receive(&mut self, answer: Result<Response<Vec<u8>>, TransportError>) {
        match &mut self.stage {
            Stage::Creating(create) => create.receive(answer),
            Stage::Looking(find, _) => find.receive(answer),
            Stage::Waiting(_) | Stage::Spent => {}
        }
    }
}

impl Machine for Provision<'_> {
    type Output = Instance;

    fn step(&mut self) -> Option<Step<Instance>> {
        Provision::step(self)
    }

    fn receive(&mut self, answer: Result<Response<Vec<u8>>, TransportError>) {
        Provision::receive(self, answer);
    }
}
