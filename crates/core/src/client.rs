//! Two loops over the machines of this crate; they differ in `.await`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::exchange::Machine;
use crate::{
    AsyncTransport, Cause, CreateInstance, Delivery, Error, Exchange, Instance, Marked, Operation, Platform,
    Provision, RetryPolicy, Step, Transport, TransportError,
};

type Sleep = Box<dyn Fn(Duration) + Send + Sync>;
type AsyncSleep = Box<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// What both clients keep.
struct Settings {
    platform: Platform,
    policy: RetryPolicy,
    /// Counted up, so that no two calls wait in step.
    seed: AtomicU64,
}

impl Settings {
    fn new(platform: Platform) -> Self {
        Self { platform, policy: RetryPolicy::default(), seed: AtomicU64::new(0) }
    }

    fn seed(&self) -> u64 {
        self.seed.fetch_add(1, Ordering::Relaxed)
    }

    fn exchange<'a, O: Operation>(&'a self, operation: &'a O) -> Exchange<'a, O> {
        Exchange::new(operation, &self.platform, self.policy, self.seed())
    }

    fn provision<'a>(&'a self, attempt: &'a Marked) -> Provision<'a> {
        Provision::new(attempt, &self.platform, self.policy, self.seed())
    }
}

/// A machine has a next step until it is done, so this is not reached; and it must not panic if that ever changes.
fn unfinished() -> Error {
    TransportError::new(Delivery::Unknown, Cause::Lost).into()
}

/// Makes calls over a blocking transport.
///
/// The transport may be boxed or shared: `Client<Arc<dyn Transport>>` is a client too.
///
/// ```no_run
/// # use your_moms_core::{Client, Error, ListInstances, Platform, Transport};
/// # fn list(platform: Platform, transport: impl Transport) -> Result<(), Error> {
/// let client = Client::new(platform, transport, std::thread::sleep);
/// for instance in client.call(&ListInstances::new())?.instances {
///     println!("{} {}", instance.id(), instance.name().unwrap_or("(no name)"));
/// }
/// # Ok(())
/// # }
/// ```
pub struct Client<T> {
    settings: Settings,
    transport: T,
    sleep: Sleep,
}

impl<T: Transport> Client<T> {
    /// A client that sends through `transport` and waits with `sleep`, as a rule [`std::thread::sleep`].
    pub fn new(platform: Platform, transport: T, sleep: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        Self { settings: Settings::new(platform), transport, sleep: Box::new(sleep) }
    }

    /// Tries as `policy` says. `seed` spreads the waits of many processes: take it from a random source.
    pub fn with_retries(mut self, policy: RetryPolicy, seed: u64) -> Self {
        self.settings.policy = policy;
        self.settings.seed = AtomicU64::new(seed);
        self
    }

    /// The platform it calls.
    pub fn platform(&self) -> &Platform {
        &self.settings.platform
    }

    /// Makes one call.
    ///
    /// # Errors
    /// [`Error`]; [`Error::may_have_happened`] tells whether the platform may have acted all the same.
    pub fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.drive(self.settings.exchange(operation))
    }

    /// Makes an instance exactly once: where the answer is lost, it is looked for by the tag `marker`, which must be new
    /// and random; see [`Marked::new`]. The waits of that search add up to 35 seconds.
    ///
    /// # Errors
    /// [`Error`]. If [`Error::may_have_happened`], the instance was not found but may still appear, with that tag.
    pub fn provision(&self, create: CreateInstance, marker: &str) -> Result<Instance, Error> {
        let attempt = Marked::new(create, marker);
        self.drive(self.settings.provision(&attempt))
    }

    fn drive<M: Machine>(&self, mut machine: M) -> Result<M::Output, Error> {
        loop {
            match machine.step() {
                Some(Step::Send(request)) => machine.receive(self.transport.send(request)),
                Some(Step::Wait(wait)) => (self.sleep)(wait),
                Some(Step::Done(result)) => return result,
                None => return Err(unfinished()),
            }
        }
    }
}

impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("platform", &self.settings.platform).finish_non_exhaustive()
    }
}

/// Makes calls over an asynchronous transport, on any executor.
///
/// ```no_run
/// # use your_moms_core::{AsyncClient, AsyncTransport, Error, ListInstances, Platform};
/// # mod tokio { pub mod time { pub async fn sleep(_: std::time::Duration) {} } }
/// # async fn list(platform: Platform, transport: impl AsyncTransport) -> Result<(), Error> {
/// let client = AsyncClient::new(platform, transport, tokio::time::sleep);
/// for instance in client.call(&ListInstances::new()).await?.instances {
///     println!("{} {}", instance.id(), instance.name().unwrap_or("(no name)"));
/// }
/// # Ok(())
/// # }
/// ```
pub struct AsyncClient<T> {
    settings: Settings,
    transport: T,
    sleep: AsyncSleep,
}

impl<T: AsyncTransport> AsyncClient<T> {
    /// A client that sends through `transport` and waits with `sleep`, the timer of the caller's runtime.
    pub fn new<F>(
        platform: Platform,
        transport: T,
        sleep: impl Fn(Duration) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let sleep: AsyncSleep = Box::new(move |wait| Box::pin(sleep(wait)));
        Self { settings: Settings::new(platform), transport, sleep }
    }

    /// As [`Client::with_retries`].
    pub fn with_retries(mut self, policy: RetryPolicy, seed: u64) -> Self {
        self.settings.policy = policy;
        self.settings.seed = AtomicU64::new(seed);
        self
    }

    /// The platform it calls.
    pub fn platform(&self) -> &Platform {
        &self.settings.platform
    }

    /// As [`Client::call`]. If the future is dropped before it ends, the call may have happened.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.drive(self.settings.exchange(operation)).await
    }

    /// As [`Client::provision`]. If the future is dropped before it ends, the instance may exist; list by the tag to know.
    ///
    /// # Errors
    /// As [`Client::provision`].
    pub async fn provision(&self, create: CreateInstance, marker: &str) -> Result<Instance, Error> {
        let attempt = Marked::new(create, marker);
        self.drive(self.settings.provision(&attempt)).await
    }

    async fn drive<M: Machine>(&self, mut machine: M) -> Result<M::Output, Error> {
        loop {
            match machine.step() {
                Some(Step::Send(request)) => machine.receive(self.transport.send(request).await),
                Some(Step::Wait(wait)) => (self.sleep)(wait).await,
                Some(Step::Done(result)) => return result,
                None => return Err(unfinished()),
            }
        }
    }
}

impl<T> fmt::Debug for AsyncClient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncClient").field("platform", &self.settings.platform).finish_non_exhaustive()
    }
}
