//! The end of a try, whichever stage it is at.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

type Timer = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The caller's timer.
pub(crate) type Sleep = dyn Fn(Duration) -> Timer + Send + Sync;

/// One timer for all stages of a try.
pub(crate) struct Deadline(Timer);

/// The time is up.
pub(crate) struct Late;

impl Deadline {
    pub(crate) fn new(sleep: &Sleep, limit: Duration) -> Self {
        Self(sleep(limit))
    }

    /// The outcome of `work`, unless the time is up before. Not to be called again after that.
    pub(crate) async fn limit<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Late> {
        let mut work = pin!(work);
        poll_fn(|context| {
            // The timer first: a body that always has more to give must not outrun it.
            if self.0.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Late));
            }
            work.as_mut().poll(context).map(Ok)
        })
        .await
    }
}
