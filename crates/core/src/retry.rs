//! May this be sent again, and when. Pure arithmetic: no clock, no randomness of its own.
//!
//! | what happened                    | idempotent                              | not idempotent             |
//! |----------------------------------|-----------------------------------------|----------------------------|
//! | nothing was sent                 | again, after a backoff                  | the same                   |
//! | maybe sent, 408, 5xx             | again, after a backoff                  | never                      |
//! | 429 or 503 with `Retry-After`    | after that long, if within the cap      | 429 only                   |
//! | success, body lost or unreadable | again, after a backoff                  | never: it has happened     |
//! | redirect, 101, any other 4xx     | never                                   | never                      |
//!
//! A request that is not idempotent and may have arrived is never sent again by itself: a code is good for one use, and
//! a second use may revoke what the first one made (RFC 6749 §4.1.2).

use std::ops::RangeInclusive;
use std::time::Duration;

use http::{HeaderMap, StatusCode, header};

use crate::{Cause, Delivery, TransportError};

/// How often and how long to try.
///
/// ```
/// use std::time::Duration;
/// use your_moms_core::{Attempt, RetryPolicy};
///
/// let failed = Attempt::Lost(your_moms_core::Delivery::Unknown);
/// let wait = RetryPolicy::default().wait(true, 1, failed);
/// assert_eq!(wait, Some(Duration::from_millis(250)..=Duration::from_millis(500)));
/// assert_eq!(RetryPolicy::default().wait(false, 1, failed), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a request is sent at most, the first time included.
    pub tries: u32,
    /// The longest backoff after the first try; it doubles with every further one.
    pub base: Duration,
    /// No wait is longer. A platform that asks for a longer one (`Retry-After`) is not asked again.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    /// Three tries, half a second, twenty seconds.
    fn default() -> Self {
        Self { tries: 3, base: Duration::from_millis(500), cap: Duration::from_secs(20) }
    }
}

/// What became of one try that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Attempt {
    /// There is no complete response.
    Lost(Delivery),
    /// There is one, which is a failure or cannot be read.
    Answered {
        /// Its status.
        status: StatusCode,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
}

impl Attempt {
    /// What a transport's error means; `None` if the HTTP library would not send such a request: it never will.
    pub fn from_error(error: &TransportError) -> Option<Self> {
        (error.cause() != Cause::InvalidRequest).then_some(Self::Lost(error.delivery()))
    }

    /// What a response means.
    pub fn from_response(status: StatusCode, headers: &HeaderMap) -> Self {
        Self::Answered { status, retry_after: retry_after(headers) }
    }
}

impl RetryPolicy {
    /// Sends everything once.
    pub const NEVER: Self = Self { tries: 1, base: Duration::ZERO, cap: Duration::ZERO };

    /// How long to wait before a request is sent again of which `made` tries were made; anything in the range will do,
    /// and it should be random, so that many clients do not come back at once. `None`: not at all.
    pub fn wait(&self, idempotent: bool, made: u32, last: Attempt) -> Option<RangeInclusive<Duration>> {
        if made >= self.tries {
            return None;
        }
        let backoff = || {
            let doubled = 2u32.saturating_pow(made.saturating_sub(1));
            let longest = self.base.saturating_mul(doubled).min(self.cap);
            longest / 2..=longest
        };
        match last {
            Attempt::Lost(Delivery::NotSent) => Some(backoff()),
            Attempt::Lost(Delivery::Unknown) => idempotent.then(backoff),
            Attempt::Lost(Delivery::Answered { status }) => {
                self.wait(idempotent, made, Attempt::Answered { status, retry_after: None })
            }
            Attempt::Answered { status, retry_after: Some(after) } if asks_to_wait(status) => {
                let allowed = idempotent || status == StatusCode::TOO_MANY_REQUESTS;
                (allowed && after <= self.cap).then_some(after..=after)
            }
            Attempt::Answered { status, .. } => {
                let passing =
                    status == StatusCode::REQUEST_TIMEOUT || status.is_server_error() || status.is_success();
                (idempotent && passing).then(backoff)
            }
        }
    }
}

fn asks_to_wait(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// `Retry-After` in seconds, or as a date (RFC 9110 §10.2.3). There is no clock here: a date is held against the
/// response's own `Date`, which also saves it from a clock that is wrong.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number can hold is longer than any cap.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(headers.get(header::DATE)?.to_str().ok()?).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}
