//! One call with its retries.
//!
//! ```text
//!            step → Send                receive → Done
//!   ready ────────────────▶ awaiting ─────────────────▶ the end
//!     ▲                         │
//!     │ step                    │ receive → Wait: may be sent again, and there is time
//!     └─────── waiting ◀────────┘
//! ```
//!
//! Ready, awaiting and waiting hold the same data: which one it is, the type of the [`Step`] says.

use std::fmt;
use std::time::Duration;

use http::Response;

use super::machine::{Event, Machine, Step};
use super::retry::{RetryPolicy, jitter};
use crate::error::{Delivery, Error, TransportError, TransportErrorKind};
use crate::operations::Operation;
use crate::platform::Platform;
use crate::transport::{CallContext, Reply};

/// One call with its retries. The operation may be owned, borrowed or shared: `O`, `&O` and `Arc<O>` are operations.
///
/// ```
/// use http::Response;
/// use your_moms_core::{Credentials, Exchange, ListInstances, Machine, Platform, RetryPolicy, Step};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let exchange = Exchange::new(ListInstances::new(), &platform, RetryPolicy::default());
/// let Step::Send(_request, awaiting) = exchange.step() else { return Ok(()) };
/// let Step::Done(page) = awaiting.receive(Ok(Response::new(b"[]".to_vec()))) else { return Ok(()) };
/// assert!(page?.items.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It cannot be stepped while its response is outstanding:
///
/// ```compile_fail,E0382
/// # use your_moms_core::{Exchange, Machine, Operation};
/// # fn f<O: Operation>(exchange: Exchange<O>) {
/// let _ = exchange.step();
/// let _ = exchange.step();
/// # }
/// ```
pub struct Exchange<O> {
    operation: O,
    platform: Platform,
    policy: RetryPolicy,
    attempt: u32,
    /// Whether a request is out. The types say so as well; a composite machine could get around them.
    awaiting: bool,
    /// Whether a try that may have arrived came before.
    unsure: bool,
    /// What is left of the deadline.
    left: Duration,
    /// What no attempt may take of it: there is more to do after this call.
    reserve: Duration,
}

impl<O: Operation> Exchange<O> {
    /// Starts a call.
    pub fn new(operation: O, platform: &Platform, policy: RetryPolicy) -> Self {
        let left = policy.deadline;
        Self {
            operation,
            platform: platform.clone(),
            policy,
            attempt: 0,
            awaiting: false,
            unsure: false,
            left,
            reserve: Duration::ZERO,
        }
    }

    /// The same call, which leaves this much of its deadline for what comes after, or half of what there is.
    pub(super) fn reserving(self, reserve: Duration) -> Self {
        Self { reserve, ..self }
    }

    /// What is left of the deadline after `event`.
    pub(super) fn left_after(&self, event: &Event) -> Duration {
        let elapsed = event.elapsed(self.time_limit());
        if self.left == Duration::MAX { self.left } else { self.left.saturating_sub(elapsed) }
    }

    /// How long an attempt may take.
    fn time_limit(&self) -> Duration {
        match self.left {
            Duration::MAX => Duration::MAX,
            left => left.saturating_sub(self.reserve.min(left / 2)),
        }
    }

    pub(super) fn is_new(&self) -> bool {
        self.attempt == 0
    }

    /// The request is built anew for each try: a copy kept for later would be one more place with secrets in it.
    fn send(mut self) -> Step<Self> {
        if self.left.is_zero() {
            return self.end(TransportError::new(Delivery::NotSent, TransportErrorKind::Timeout).into());
        }
        self.attempt = self.attempt.saturating_add(1);
        self.awaiting = true;
        match self.operation.request(&self.platform) {
            Ok(mut request) => {
                #[cfg(not(target_arch = "wasm32"))]
                request.headers_mut().insert(http::header::USER_AGENT, self.platform.user_agent().clone());
                request.extensions_mut().insert(CallContext {
                    operation: O::NAME,
                    attempt: self.attempt,
                    idempotent: self.operation.idempotent(),
                    reuse_connection: self.operation.reuse_connection(),
                    time_limit: Some(self.time_limit()).filter(|limit| *limit < Duration::MAX),
                });
                Step::send(request, self)
            }
            Err(error) => Step::Done(Err(error.into())),
        }
    }

    /// Reading happens here, inside the loop: what cannot be read is tried again by the same table as everything else.
    fn read(mut self, reply: Reply) -> Step<Self> {
        self.awaiting = false;
        let result = reply.map_err(Error::from).and_then(|response| {
            let (head, body) = response.into_parts();
            Ok(O::parse(Response::from_parts(head, body.as_slice()))?)
        });
        let error = match result {
            Ok(output) => return Step::Done(Ok(output)),
            Err(error) => error,
        };
        if self.unsure
            && let Error::Response(refusal) = &error
            && let Some(output) = O::already_done(refusal)
        {
            return Step::Done(Ok(output));
        }
        let unsure = self.unsure | error.may_have_happened();
        let wait = self.policy.wait(self.operation.idempotent(), self.attempt, &error);
        match wait.as_ref().map(jitter) {
            Some(wait) if wait < self.left => {
                self.spend(wait);
                self.unsure = unsure;
                Step::Wait(wait, self)
            }
            _ => self.end(error),
        }
    }

    /// An attempt that certainly did nothing says nothing of an earlier one.
    fn end(self, error: Error) -> Step<Self> {
        Step::Done(Err(if self.unsure { error.after_unknown() } else { error }))
    }

    fn spend(&mut self, time: Duration) {
        if self.left < Duration::MAX {
            self.left = self.left.saturating_sub(time);
        }
    }
}

impl<O: Operation> Machine for Exchange<O> {
    type Output = O::Output;

    fn advance(mut self, event: Event) -> Step<Self> {
        self.left = self.left_after(&event);
        match event.0 {
            None if !self.awaiting => self.send(),
            Some(reply) if self.awaiting => self.read(reply),
            // Only a composite machine that mixes up its parts gets here.
            _ => self.end(TransportError::new(Delivery::Unknown, TransportErrorKind::Lost).into()),
        }
    }
}

impl<O: Operation> fmt::Debug for Exchange<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &O::NAME)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}
