//! What every machine says and is told.

use std::fmt;
use std::time::Duration;

use http::Request;

use crate::error::Error;
use crate::privacy::Redacted;
use crate::transport::{Elapsed, Reply};

/// A call without IO. Each step uses the machine up and gives back what to do next, with the machine inside.
///
/// The clients of this crate drive any machine; so does a loop of one's own, for simulated time or for another runtime:
///
/// ```
/// use your_moms_core::{Error, Machine, Reply, Step};
///
/// fn drive<M: Machine>(
///     machine: M,
///     send: impl Fn(http::Request<Vec<u8>>) -> Reply,
///     sleep: impl Fn(std::time::Duration),
/// ) -> Result<M::Output, Error> {
///     let mut step = machine.step();
///     loop {
///         step = match step {
///             Step::Send(request, awaiting) => awaiting.receive(send(request)),
///             Step::Wait(wait, machine) => {
///                 sleep(wait);
///                 machine.step()
///             }
///             Step::Done(result) => return result,
///         };
///     }
/// }
/// ```
pub trait Machine: Sized {
    /// The value it produces.
    type Output;

    /// Goes on. In a composite machine, pass `event` to the active one and [`embed`](Step::embed) the step it makes.
    fn advance(self, event: Event) -> Step<Self>;

    /// The first step, and the next one after a wait: for drivers.
    fn step(self) -> Step<Self> {
        self.advance(Event(None))
    }
}

/// What to do next. `Debug` shows a request [`Redacted`], and of the end only how it went.
#[must_use = "a step that is dropped ends the call, and its outcome stays unknown"]
pub enum Step<M: Machine> {
    /// Send this, and hand what comes back to the second. The request's own `Debug` prints secrets; see [`Redacted`].
    Send(Request<Vec<u8>>, Awaiting<M>),
    /// Wait this long, then ask the machine for its next step.
    Wait(Duration, M),
    /// Finished.
    Done(Result<M::Output, Error>),
}

impl<M: Machine> Step<M> {
    pub(super) fn send(request: Request<Vec<u8>>, machine: M) -> Self {
        Self::Send(request, Awaiting(machine))
    }

    /// The step of a larger machine that consists of this one and `rest`. `wrap` puts the two together again, `done` says how
    /// the larger machine goes on when this one has ended.
    pub fn embed<N: Machine, R>(
        self,
        rest: R,
        wrap: impl FnOnce(M, R) -> N,
        done: impl FnOnce(Result<M::Output, Error>, R) -> Step<N>,
    ) -> Step<N> {
        match self {
            Self::Send(request, Awaiting(machine)) => Step::Send(request, Awaiting(wrap(machine, rest))),
            Self::Wait(wait, machine) => Step::Wait(wait, wrap(machine, rest)),
            Self::Done(result) => done(result, rest),
        }
    }
}

impl<M: Machine> fmt::Debug for Step<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(request, _) => f.debug_tuple("Send").field(&Redacted(request)).finish(),
            Self::Wait(wait, _) => f.debug_tuple("Wait").field(wait).finish(),
            Self::Done(Ok(_)) => f.write_str("Done(Ok(…))"),
            Self::Done(Err(error)) => f.debug_tuple("Done").field(error).finish(),
        }
    }
}

/// A machine that waits for its response. It goes on with a response, and with nothing else:
///
/// ```compile_fail,E0599
/// # use your_moms_core::{Awaiting, Machine};
/// # fn f<M: Machine>(awaiting: Awaiting<M>) {
/// let _ = awaiting.step(); // to go on without the response
/// # }
/// ```
/// ```compile_fail,E0382
/// # use your_moms_core::{Awaiting, Machine, Reply};
/// # fn f<M: Machine>(awaiting: Awaiting<M>, one: Reply, two: Reply) {
/// let _ = awaiting.receive(one); // two responses to one request
/// let _ = awaiting.receive(two);
/// # }
/// ```
#[must_use = "hand over the response"]
pub struct Awaiting<M>(M);

impl<M: Machine> Awaiting<M> {
    /// Takes what came back.
    pub fn receive(self, reply: Reply) -> Step<M> {
        self.0.advance(Event(Some(reply)))
    }
}

impl<M> fmt::Debug for Awaiting<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Awaiting(…)")
    }
}

/// Why a machine goes on: it may proceed, or its response has arrived. Only [`Awaiting`] makes one with a response, so no driver can
/// give a machine a response that it does not wait for:
///
/// ```compile_fail,E0423
/// # use your_moms_core::{Event, Machine, Reply};
/// # fn f<M: Machine>(machine: M, reply: Reply) {
/// let _ = machine.advance(Event(Some(reply)));
/// # }
/// ```
pub struct Event(pub(super) Option<Reply>);

impl Event {
    /// How long the try took that ends with this event, of those that were given `limit`.
    pub(super) fn elapsed(&self, limit: Duration) -> Duration {
        self.0.as_ref().map_or(Duration::ZERO, |reply| Elapsed::of(reply, limit))
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Event(response)" } else { "Event(turn)" })
    }
}
