//! One call with its retries, as a state machine without IO.
//!
//! ```text
//!            step → Send                 receive: final
//!   Ready ────────────────▶ Sent ─────────────────────────▶ Ended ── step → Done ──▶ Spent
//!     ▲                      │                                ▲
//!     │ step → Wait          │ receive: may be sent again     │ the request cannot be built
//!     └─────── Backoff ◀─────┘                              Ready
//! ```
//!
//! Whoever drives it sends what it says, waits as long as it says, and hands back what came. The clients of this crate
//! are such loops ([`Client`](crate::Client), [`AsyncClient`](crate::AsyncClient)); a test can be one without a network.

use std::fmt;
use std::time::Duration;

use http::{Request, Response};

use crate::{Attempt, Error, Operation, Platform, Redacted, RetryPolicy, TransportError};

/// What to do next. `Debug` shows the request [`Redacted`] and of the end only how it went.
pub enum Step<T> {
    /// Send this and call `receive` with what came back. The request's own `Debug` prints secrets; see [`Redacted`].
    Send(Request<Vec<u8>>),
    /// Wait this long, then go on.
    Wait(Duration),
    /// The end.
    Done(Result<T, Error>),
}

impl<T> fmt::Debug for Step<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(request) => f.debug_tuple("Send").field(&Redacted(request)).finish(),
            Self::Wait(wait) => f.debug_tuple("Wait").field(wait).finish(),
            Self::Done(Ok(_)) => f.write_str("Done(Ok(…))"),
            Self::Done(Err(error)) => f.debug_tuple("Done").field(error).finish(),
        }
    }
}

/// A machine of this crate, for the loops of the clients.
pub(crate) trait Machine {
    type Output;
    fn step(&mut self) -> Option<Step<Self::Output>>;
    fn receive(&mut self, answer: Result<Response<Vec<u8>>, TransportError>);
}

/// One call with its retries.
///
/// ```
/// use http::Response;
/// use your_moms_core::{Credentials, Exchange, ListInstances, Platform, RetryPolicy, Step};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let list = ListInstances::new();
/// let mut exchange = Exchange::new(&list, &platform, RetryPolicy::default(), 0);
/// while let Some(step) = exchange.step() {
///     match step {
///         Step::Send(_request) => exchange.receive(Ok(Response::new(b"[]".to_vec()))),
///         Step::Wait(_how_long) => {}
///         Step::Done(result) => assert!(result?.instances.is_empty()),
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Exchange<'a, O: Operation> {
    operation: &'a O,
    platform: &'a Platform,
    policy: RetryPolicy,
    random: u64,
    made: u32,
    state: State<O::Output>,
}

enum State<T> {
    Ready,
    Sent,
    Backoff(Duration),
    Ended(Result<T, Error>),
    Spent,
}

impl<'a, O: Operation> Exchange<'a, O> {
    /// Begins a call. `seed` spreads the waits of many callers: take it from a random source.
    pub fn new(operation: &'a O, platform: &'a Platform, policy: RetryPolicy, seed: u64) -> Self {
        Self { operation, platform, policy, random: seed, made: 0, state: State::Ready }
    }

    /// What to do next; `None` while an answer is awaited and after the end.
    pub fn step(&mut self) -> Option<Step<O::Output>> {
        match std::mem::replace(&mut self.state, State::Spent) {
            // Built anew for each try: a copy kept for later would be one more place with secrets in it.
            State::Ready => match self.operation.request(self.platform) {
                Ok(request) => {
                    self.made = self.made.saturating_add(1);
                    self.state = State::Sent;
                    Some(Step::Send(request))
                }
                Err(error) => Some(Step::Done(Err(error.into()))),
            },
            State::Sent => {
                self.state = State::Sent;
                None
            }
            State::Backoff(wait) => {
                self.state = State::Ready;
                Some(Step::Wait(wait))
            }
            State::Ended(result) => Some(Step::Done(result)),
            State::Spent => None,
        }
    }

    /// Takes what came back for the last [`Step::Send`]. An answer that was not awaited is passed over.
    pub fn receive(&mut self, answer: Result<Response<Vec<u8>>, TransportError>) {
        if !matches!(self.state, State::Sent) {
            return;
        }
        let (result, attempt) = match answer {
            Err(error) => {
                let attempt = Attempt::from_error(&error);
                (Err(Error::from(error)), attempt)
            }
            Ok(response) => {
                let attempt = Attempt::from_response(response.status(), response.headers());
                let (head, body) = response.into_parts();
                let result = O::parse(Response::from_parts(head, body.as_slice()));
                (result.map_err(Error::from), Some(attempt))
            }
        };
        let wait = match (&result, attempt) {
            (Err(_), Some(attempt)) => self.policy.wait(self.operation.idempotent(), self.made, attempt),
            _ => None,
        };
        self.state = match wait {
            Some(range) => State::Backoff(self.pick(*range.start(), *range.end())),
            None => State::Ended(result),
        };
    }

    /// Somewhere between the two, by the next number of `SplitMix64`.
    fn pick(&mut self, from: Duration, to: Duration) -> Duration {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let share = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or(u32::MAX);
        from + (to.saturating_sub(from) / 1000) * (share % 1001)
    }
}

impl<O: Operation> Machine for Exchange<'_, O> {
    type Output = O::Output;

    fn step(&mut self) -> Option<Step<O::Output>> {
        Exchange::step(self)
    }

    fn receive(&mut self, answer: Result<Response<Vec<u8>>, TransportError>) {
        Exchange::receive(self, answer);
    }
}

impl<O: Operation> fmt::Debug for Exchange<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Ready => "ready",
            State::Sent => "sent",
            State::Backoff(_) => "backoff",
            State::Ended(_) => "ended",
            State::Spent => "spent",
        };
        f.debug_struct("Exchange")
            .field("operation", &O::NAME)
            .field("made", &self.made)
            .field("state", &state)
            .finish()
    }
}
