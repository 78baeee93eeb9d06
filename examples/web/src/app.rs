//! What every request and every job needs.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use your_moms_core::{AsyncClient, AsyncTransport, Instance, Registration, RetryPolicy};

use crate::db::Db;
use crate::db::accounts::{self, Account};
use crate::error::Error;
use crate::keys::Keys;
use crate::services::ServiceKey;

/// A client over any transport: the real one, or a sandbox in the same process.
pub type Client = AsyncClient<Arc<dyn AsyncTransport>>;

/// A browser waits for these calls.
const INTERACTIVE: RetryPolicy = RetryPolicy {
    tries: 2,
    base: Duration::from_millis(500),
    cap: Duration::from_secs(2),
    search: Duration::ZERO,
    deadline: Duration::from_secs(20),
};

/// The application. Cheap to clone; it holds no state of its own, so any number of processes may share a database.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) db: Db,
    pub(crate) keys: Arc<Keys>,
    /// For jobs: as patient as the library is.
    pub(crate) client: Client,
    /// For requests of a browser.
    pub(crate) quick: Client,
    /// How often a worker looks for jobs.
    pub(crate) poll: Duration,
    services: Arc<[ServiceKey]>,
    url: Arc<str>,
    clock: fn() -> SystemTime,
}

impl App {
    /// The application at this public URL (`https://app.example`, without a slash at the end).
    pub fn new(db: Db, keys: Keys, client: Client, services: Vec<ServiceKey>, url: &str) -> Self {
        Self {
            db,
            keys: Arc::new(keys),
            quick: client.clone().with_retries(INTERACTIVE),
            client,
            poll: Duration::from_millis(300),
            services: services.into(),
            url: url.trim_end_matches('/').into(),
            clock: SystemTime::now,
        }
    }

    /// The same with another patience, and looking for jobs this often: for tests.
    pub fn with_pace(self, policy: RetryPolicy, poll: Duration) -> Self {
        let client = self.client.with_retries(policy);
        Self { quick: client.clone(), client, poll, ..self }
    }

    /// The same on another clock: for tests.
    pub fn with_clock(self, clock: fn() -> SystemTime) -> Self {
        Self { clock, ..self }
    }

    /// The same at another public URL: for tests.
    pub fn with_url(self, url: &str) -> Self {
        Self { url: url.trim_end_matches('/').into(), ..self }
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    /// Whether its cookie is for `https` alone: everywhere but on this machine.
    pub(crate) fn is_secure(&self) -> bool {
        !["http://127.0.0.1", "http://[::1]", "http://localhost"]
            .iter()
            .any(|loopback| self.url.starts_with(loopback))
    }

    pub(crate) fn callback_url(&self) -> String {
        format!("{}/callback", self.url)
    }

    /// The services that this deployment has keys for.
    pub(crate) fn has(&self, connector: &str) -> bool {
        self.services.iter().any(|service| service.connector == connector)
    }

    /// The registration with a service whose redirects arrive at `callback_url`: a job may run where that is not this
    /// process's own.
    pub(crate) fn registration(&self, connector: &str, callback_url: &str) -> Result<Registration, Error> {
        let service = self.services.iter().find(|service| service.connector == connector);
        service.ok_or(Error::NotFound)?.registration(callback_url).map_err(Error::from)
    }

    /// The stored instance of an account.
    pub(crate) fn instance(&self, account: &Account) -> Result<Instance, Error> {
        let text = self.keys.open(&accounts::about(&account.id), &account.sealed)?;
        Ok(serde_json::from_slice(&text)?)
    }
}
