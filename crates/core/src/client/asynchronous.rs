//! The asynchronous client.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::pages::AsyncPages;
use super::settings::Settings;
use super::trace::Trace;
use crate::connect::PendingAuthorization;
use crate::error::{BuildError, Error};
use crate::exchange::{CreateOnce, Disconnect, Exchange, Machine, RetryPolicy, Search, Step};
use crate::instance::Instance;
use crate::oauth::{ConnectorKey, RandomSource, Registration};
use crate::operations::{AuthorizationUrl, CreateInstance, CreateRecord, Operation, Paged};
use crate::platform::Platform;
use crate::transport::{AsyncTransport, MaybeSend, MaybeSync};

#[cfg(not(target_arch = "wasm32"))]
type Sleep = dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync;
#[cfg(target_arch = "wasm32")]
type Sleep = dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()>>>;

/// Makes calls over an asynchronous transport, on any executor. Cheap to clone; clones share the transport and the platform's
/// credentials.
///
/// Adapters have a constructor that brings everything: `your_moms_reqwest::client(platform)?`. With a transport of one's own:
///
/// ```
/// # use your_moms_core::{AsyncClient, AsyncTransport, Error, ListInstances, Platform};
/// # mod tokio { pub mod time { pub async fn sleep(_: std::time::Duration) {} } }
/// # async fn list(platform: Platform, transport: impl AsyncTransport) -> Result<(), Error> {
/// let client = AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill);
/// let mut pages = client.pages(&ListInstances::new());
/// while let Some(page) = pages.next().await {
///     for instance in page?.items {
///         println!("{} {}", instance.id(), instance.name().unwrap_or("(no name)"));
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct AsyncClient<T> {
    shared: Arc<Shared<T>>,
    policy: RetryPolicy,
}

struct Shared<T> {
    settings: Settings,
    transport: T,
    sleep: Box<Sleep>,
}

impl<T: AsyncTransport> AsyncClient<T> {
    /// A client that sends through `transport`, waits with `sleep`, the timer of the caller's runtime, and takes random bytes
    /// from `random`, which fills a buffer from the operating system's source (`getrandom::fill`).
    pub fn new<F, E>(
        platform: Platform,
        transport: T,
        sleep: impl Fn(Duration) -> F + MaybeSend + MaybeSync + 'static,
        random: impl Fn(&mut [u8]) -> Result<(), E> + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + MaybeSend + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let settings = Settings { platform, random: RandomSource::new(random) };
        let shared = Shared { settings, transport, sleep: Box::new(move |wait| Box::pin(sleep(wait))) };
        Self { shared: Arc::new(shared), policy: RetryPolicy::default() }
    }

    /// The same client with another policy. For a single call: `client.clone().with_retries(policy)`.
    pub fn with_retries(self, policy: RetryPolicy) -> Self {
        Self { policy, ..self }
    }

    /// The platform it calls.
    pub fn platform(&self) -> &Platform {
        &self.shared.settings.platform
    }

    /// As [`Client::authorize`](crate::Client::authorize).
    ///
    /// # Errors
    /// As there.
    pub async fn authorize(
        &self,
        registration: &Registration,
        now: SystemTime,
    ) -> Result<(AuthorizationUrl, PendingAuthorization), Error> {
        self.run(self.shared.settings.authorize(registration, self.policy, now)?).await
    }

    /// A creation for a connector without OAuth; for one with it, see [`Authorized::create`](crate::Authorized::create).
    ///
    /// # Errors
    /// [`BuildError::ConnectorKey`] for a key that cannot be used, [`BuildError::Entropy`] where the random source fails.
    pub fn new_instance(
        &self,
        connector: impl TryInto<ConnectorKey, Error: Into<BuildError>>,
    ) -> Result<CreateInstance, Error> {
        self.shared.settings.new_instance(connector.try_into().map_err(Into::into)?)
    }

    /// As [`Client::create`](crate::Client::create). Create in a task that outlives the browser's request: if the future is
    /// dropped before it ends, the instance may exist, and calling this again with the same value, or
    /// [`recover`](Self::recover) with its record, finds it.
    ///
    /// # Errors
    /// As there.
    pub async fn create(&self, create: &CreateInstance) -> Result<Instance, Error> {
        self.run(CreateOnce::new(create, self.platform(), self.policy)).await
    }

    /// As [`Client::recover`](crate::Client::recover).
    ///
    /// # Errors
    /// As there.
    pub async fn recover(&self, record: &CreateRecord) -> Result<Option<Instance>, Error> {
        self.run(Search::new(record, self.platform(), self.policy)).await
    }

    /// As [`Client::disconnect`](crate::Client::disconnect).
    ///
    /// # Errors
    /// As there.
    pub async fn disconnect(&self, instance: &Instance) -> Result<(), Error> {
        self.run(Disconnect::new(instance, self.platform(), self.policy)).await
    }

    /// As [`Client::call`](crate::Client::call). If the future is dropped before it ends, the call may have happened.
    ///
    /// # Errors
    /// As there.
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.run(Exchange::new(operation, self.platform(), self.policy)).await
    }

    /// Follows a list to its end, page by page.
    pub fn pages<O: Paged + Clone>(&self, operation: &O) -> AsyncPages<T, O> {
        AsyncPages::new(self.clone(), operation.clone())
    }

    /// Drives any machine to its end.
    ///
    /// # Errors
    /// The machine's.
    pub async fn run<M: Machine>(&self, machine: M) -> Result<M::Output, Error> {
        let trace = Trace::start();
        let mut step = machine.step();
        loop {
            step = match step {
                Step::Send(request, awaiting) => {
                    let send = trace.send_async(request, |request| self.shared.transport.send(request));
                    awaiting.receive(send.await)
                }
                Step::Wait(wait, machine) => {
                    trace.wait(wait);
                    (self.shared.sleep)(wait).await;
                    machine.step()
                }
                Step::Done(result) => {
                    trace.end(result.as_ref().err());
                    return result;
                }
            };
        }
    }
}

impl<T> Clone for AsyncClient<T> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone(), policy: self.policy }
    }
}

impl<T> fmt::Debug for AsyncClient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncClient")
            .field("platform", &self.shared.settings.platform)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
