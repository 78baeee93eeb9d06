//! May this be sent again, and when. Pure arithmetic: no clock.
//!
//! | what happened                     | idempotent                              | not idempotent                 |
//! |-----------------------------------|-----------------------------------------|--------------------------------|
//! | nothing was sent                  | again, after a backoff                  | the same                       |
//! | maybe sent, 408, 5xx              | again, after a backoff                  | never                          |
//! | 429                               | after `Retry-After`, or a backoff       | the platform's own 429 only    |
//! | 503 with `Retry-After`            | after that long                         | never                          |
//! | success, body lost or unreadable  | again, after a backoff                  | never: it has happened         |
//! | redirect, 101, any other 4xx      | never                                   | never                          |
//!
//! A request that is not idempotent and may have arrived is never sent again: a code is good for one use, and a second use may
//! revoke what the first one made (RFC 6749 §4.1.2).

use std::hash::{BuildHasher as _, RandomState};
use std::ops::RangeInclusive;
use std::time::Duration;

use http::StatusCode;

use crate::error::{Delivery, Error, ResponseError, ResponseErrorKind};

/// How often and how long to try.
///
/// ```
/// use std::time::Duration;
/// use your_moms_core::RetryPolicy;
///
/// let patient = RetryPolicy { tries: 5, ..RetryPolicy::default() };
/// assert_eq!(patient.search, Duration::from_secs(35));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The maximum number of attempts, including the first. 3 by default.
    pub tries: u32,
    /// The longest backoff after the first try; it doubles with every further one. Half a second by default. The
    /// actual wait is random, between half of it and all of it, so that many clients do not come back at once.
    pub base: Duration,
    /// No wait before another try is longer. A platform that asks for a longer one (`Retry-After`) is not asked again. 20
    /// seconds by default.
    pub cap: Duration,
    /// How long to search for an instance whose creation may have happened, in waits between two looks. 35 seconds by default:
    /// the platform takes 9 to 26 seconds to make an instance, and may still be at it when a connection breaks. Zero means one
    /// look without waiting.
    pub search: Duration,
    /// How long a call may take in all: tries, waits and the search. Two minutes by default. [`Duration::MAX`] means no limit.
    ///
    /// There is no clock in this crate: waits are counted, and of tries what the transport tells
    /// ([`Elapsed`](crate::Elapsed)). Each try is given what is left ([`CallContext::time_limit`](crate::CallContext)).
    pub deadline: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            tries: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            search: Duration::from_secs(35),
            deadline: Duration::from_secs(120),
        }
    }
}

impl RetryPolicy {
    /// Sends everything once, waits for nothing, and looks once for a creation that may have happened.
    pub const NEVER: Self = Self {
        tries: 1,
        base: Duration::ZERO,
        cap: Duration::ZERO,
        search: Duration::ZERO,
        deadline: Duration::MAX,
    };

    /// How long to wait before a request is sent again of which `made` tries were made; anything in the range will do.
    /// `None`: it is not sent again.
    pub(super) fn wait(
        &self,
        idempotent: bool,
        made: u32,
        error: &Error,
    ) -> Option<RangeInclusive<Duration>> {
        if made >= self.tries {
            return None;
        }
        match error {
            Error::Transport(error) if error.kind().is_permanent() => None,
            Error::Transport(error) => match error.delivery() {
                Delivery::NotSent => Some(self.backoff(made)),
                Delivery::Unknown => idempotent.then(|| self.backoff(made)),
                Delivery::ResponseStarted { status } => {
                    (idempotent && is_passing(status)).then(|| self.backoff(made))
                }
            },
            Error::Response(error) => self.wait_after_response(idempotent, made, error),
            _ => None,
        }
    }

    fn wait_after_response(
        &self,
        idempotent: bool,
        made: u32,
        error: &ResponseError,
    ) -> Option<RangeInclusive<Duration>> {
        let limited = error.status() == StatusCode::TOO_MANY_REQUESTS;
        let allowed = idempotent || (limited && error.is_from_platform());
        let asks = limited || error.status() == StatusCode::SERVICE_UNAVAILABLE;
        match error.retry_after() {
            _ if !allowed => None,
            Some(after) if asks => (after <= self.cap).then_some(after..=after),
            _ => (limited || is_passing_response(error)).then(|| self.backoff(made)),
        }
    }

    fn backoff(&self, made: u32) -> RangeInclusive<Duration> {
        let doubled = 2u32.saturating_pow(made.saturating_sub(1));
        let longest = self.base.saturating_mul(doubled).min(self.cap);
        longest / 2..=longest
    }
}

fn is_passing_response(error: &ResponseError) -> bool {
    match error.kind() {
        ResponseErrorKind::Redirected => false,
        ResponseErrorKind::Unreadable { .. } => true,
        ResponseErrorKind::Refused => is_passing(error.status()),
    }
}

/// Whether another try may end otherwise.
fn is_passing(status: StatusCode) -> bool {
    status == StatusCode::REQUEST_TIMEOUT || status.is_server_error() || status.is_success()
}

/// Somewhere in `range`, elsewhere in every process and for every call, because the standard library seeds its hashers at
/// random. (On wasm32 it cannot; a browser's other clients are other browsers.)
pub(super) fn jitter(range: &RangeInclusive<Duration>) -> Duration {
    let span = range.end().saturating_sub(*range.start());
    let share = u32::try_from(RandomState::new().hash_one(span) % 1001).unwrap_or_default();
    *range.start() + (span / 1000) * share
}
