//! The blocking client.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::pages::Pages;
use super::settings::Settings;
use super::trace::Trace;
use crate::connect::PendingAuthorization;
use crate::error::{BuildError, Error};
use crate::exchange::{CreateOnce, Disconnect, Exchange, Machine, RetryPolicy, Search, Step};
use crate::instance::Instance;
use crate::oauth::{ConnectorKey, RandomSource, Registration};
use crate::operations::{AuthorizationUrl, CreateInstance, CreateRecord, Operation, Paged};
use crate::platform::Platform;
use crate::transport::Transport;

/// Makes calls over a blocking transport. Cheap to clone; clones share the transport and the platform's credentials.
///
/// Adapters have a constructor that brings everything: `your_moms_ureq::client(platform)`. With a transport of one's own:
///
/// ```
/// # use your_moms_core::{Client, Error, ListInstances, Platform, Transport};
/// # fn list(platform: Platform, transport: impl Transport) -> Result<(), Error> {
/// let client = Client::new(platform, transport, std::thread::sleep, getrandom::fill);
/// for instance in client.pages(&ListInstances::new()).items() {
///     let instance = instance?;
///     println!("{} {}", instance.id(), instance.name().unwrap_or("(no name)"));
/// }
/// # Ok(())
/// # }
/// ```
pub struct Client<T> {
    shared: Arc<Shared<T>>,
    policy: RetryPolicy,
}

struct Shared<T> {
    settings: Settings,
    transport: T,
    sleep: Box<dyn Fn(Duration) + Send + Sync>,
}

impl<T: Transport> Client<T> {
    /// A client that sends through `transport`, waits with `sleep` ([`std::thread::sleep`]), and takes random bytes from
    /// `random`, which fills a buffer from the operating system's source (`getrandom::fill`).
    pub fn new<E: Into<Box<dyn StdError + Send + Sync>>>(
        platform: Platform,
        transport: T,
        sleep: impl Fn(Duration) + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) -> Result<(), E> + Send + Sync + 'static,
    ) -> Self {
        let settings = Settings { platform, random: RandomSource::new(random) };
        let shared = Shared { settings, transport, sleep: Box::new(sleep) };
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

    /// Step 1: asks where to send the user, and checks what comes back. Send the user's browser to the URL, and keep the
    /// [`PendingAuthorization`] in this user's session.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Untrusted`] for a URL that no user should be sent to.
    pub fn authorize(
        &self,
        registration: &Registration,
        now: SystemTime,
    ) -> Result<(AuthorizationUrl, PendingAuthorization), Error> {
        self.run(self.shared.settings.authorize(registration, self.policy, now)?)
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

    /// Step 3: makes an instance, exactly once. If the response is lost, the instance is searched for by its marker, for 35
    /// seconds unless the policy says otherwise. Calling it again with the same value searches, and sends nothing a second
    /// time. Store [`CreateInstance::record`] first: it finds the instance after a crash.
    ///
    /// # Errors
    /// [`Error`]. If [`Error::may_have_happened`], the instance was not found but may still appear:
    /// [`recover`](Self::recover) looks again.
    pub fn create(&self, create: &CreateInstance) -> Result<Instance, Error> {
        self.run(CreateOnce::new(create, self.platform(), self.policy))
    }

    /// Searches for the instance of a creation whose outcome is unknown, in any process. `None`: it was not made, or is not
    /// listed yet; the record may be dropped a day after.
    ///
    /// # Errors
    /// [`Error::Ambiguous`] if more than one instance carries the marker, [`BuildError::OtherPlatform`] for a record of
    /// another platform, and whatever a list can fail with.
    pub fn recover(&self, record: &CreateRecord) -> Result<Option<Instance>, Error> {
        self.run(Search::new(record, self.platform(), self.policy))
    }

    /// Deletes an instance, or finds that it is gone already: both are success. It goes by the token, since the number may by
    /// now be another's; where the platform refuses that, it is asked with the account's secrets.
    ///
    /// # Errors
    /// [`Error`]: the instance may still exist, so its token must not be forgotten.
    pub fn disconnect(&self, instance: &Instance) -> Result<(), Error> {
        self.run(Disconnect::new(instance, self.platform(), self.policy))
    }

    /// Makes one call.
    ///
    /// # Errors
    /// [`Error`]; [`Error::may_have_happened`] says whether the platform may have acted all the same.
    pub fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.run(Exchange::new(operation, self.platform(), self.policy))
    }

    /// Follows a list to its end, page by page.
    pub fn pages<O: Paged + Clone>(&self, operation: &O) -> Pages<T, O> {
        Pages::new(self.clone(), operation.clone())
    }

    /// Drives any machine to its end.
    ///
    /// # Errors
    /// The machine's.
    pub fn run<M: Machine>(&self, machine: M) -> Result<M::Output, Error> {
        let trace = Trace::start();
        let mut step = machine.step();
        loop {
            step = match step {
                Step::Send(request, awaiting) => {
                    awaiting.receive(trace.send(request, |request| self.shared.transport.send(request)))
                }
                Step::Wait(wait, machine) => {
                    trace.wait(wait);
                    (self.shared.sleep)(wait);
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

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone(), policy: self.policy }
    }
}

impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("platform", &self.shared.settings.platform)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
