//! One program: a client over one of the adapters, whose timer only counts.

use std::future::{Future, poll_fn, ready};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use http::Request;
use tokio::runtime::Runtime;
use your_moms_core::{
    AsyncClient, AsyncTransport, AuthorizationUrl, Client, CreateInstance, CreateOnce, CreateRecord, Error,
    Machine as _, PendingAuthorization, Platform, Registration, Reply, RetryPolicy, Step, Transport,
};

use super::cases::Adapter;
use super::common::{Failed, now};
use super::naive;
use super::transport::{self, Line};
use super::verdict::Told;

/// What makes the creations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Driver {
    /// The client that is to be shown right.
    Client,
    /// A plain loop without a search.
    Naive,
}

/// A program that runs until it is dropped.
pub(crate) struct Process<'a> {
    side: Side<'a>,
    line: Arc<Line>,
    platform: Platform,
    driver: Driver,
    policy: RetryPolicy,
    clock: Arc<AtomicU64>,
}

enum Side<'a> {
    Blocking(Client<Arc<dyn Transport>>, Arc<dyn Transport>),
    Asynchronous(AsyncClient<Arc<dyn AsyncTransport>>, Arc<dyn AsyncTransport>, &'a Runtime),
}

impl<'a> Process<'a> {
    pub(crate) fn start(
        adapter: Adapter,
        platform: Platform,
        line: Line,
        runtime: &'a Runtime,
        driver: Driver,
    ) -> Result<Self, Failed> {
        let (line, clock) = (Arc::new(line), Arc::new(AtomicU64::new(0)));
        let counter = clock.clone();
        let sleep = move |wait: Duration| {
            let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            counter.fetch_add(millis, Ordering::Relaxed);
        };
        let side = match adapter {
            Adapter::Ureq => {
                let transport = transport::blocking(line.clone());
                let client = Client::new(platform.clone(), transport.clone(), sleep, getrandom::fill);
                Side::Blocking(client, transport)
            }
            Adapter::Reqwest => {
                let transport = transport::asynchronous(line.clone())?;
                let sleep = move |wait| {
                    sleep(wait);
                    ready(())
                };
                let client = AsyncClient::new(platform.clone(), transport.clone(), sleep, getrandom::fill);
                Side::Asynchronous(client, transport, runtime)
            }
        };
        Ok(Self { side, line, platform, driver, policy: RetryPolicy::default(), clock })
    }

    /// The same program with another policy for its creations.
    pub(crate) fn with_policy(self, policy: RetryPolicy) -> Self {
        Self { policy, ..self }
    }

    /// How long it has waited, on a clock of its own.
    pub(crate) fn waited(&self) -> Duration {
        Duration::from_millis(self.clock.load(Ordering::Relaxed))
    }

    pub(crate) fn authorize(
        &self,
        registration: &Registration,
    ) -> Result<(AuthorizationUrl, PendingAuthorization), Error> {
        match &self.side {
            Side::Blocking(client, _) => client.authorize(registration, now()),
            Side::Asynchronous(client, _, runtime) => runtime.block_on(client.authorize(registration, now())),
        }
    }

    pub(crate) fn new_instance(&self, connector: &str) -> Result<CreateInstance, Error> {
        match &self.side {
            Side::Blocking(client, _) => client.new_instance(connector),
            Side::Asynchronous(client, ..) => client.new_instance(connector),
        }
    }

    /// Creates, and says what the program is told.
    pub(crate) fn create(&self, create: &CreateInstance) -> Result<Told, Failed> {
        if self.driver == Driver::Naive {
            let instance = naive::create(create, &self.platform, |request| self.send(request))?;
            return Ok(instance.as_ref().map_or(Told::NotMade, Told::of_instance));
        }
        Ok(Told::of_creation(&match &self.side {
            Side::Blocking(client, _) => client.clone().with_retries(self.policy).create(create),
            Side::Asynchronous(client, _, runtime) => {
                runtime.block_on(client.clone().with_retries(self.policy).create(create))
            }
        }))
    }

    /// Recovers, and says what the program is told. Without a search it knows of nothing.
    pub(crate) fn recover(&self, record: &CreateRecord) -> Told {
        if self.driver == Driver::Naive {
            return Told::NotFound { shown_late: false };
        }
        Told::of_recovery(&match &self.side {
            Side::Blocking(client, _) => client.recover(record),
            Side::Asynchronous(client, _, runtime) => runtime.block_on(client.recover(record)),
        })
    }

    /// Sends the creation, and never looks at what comes back.
    pub(crate) fn send_and_forget(&self, create: &CreateInstance) {
        if let Step::Send(request, awaiting) =
            CreateOnce::new(create, &self.platform, RetryPolicy::default()).step()
        {
            drop(self.send(request));
            drop(awaiting);
        }
    }

    /// Drops the creation as soon as `is_read` says that the server has it. A blocking one cannot be dropped before its
    /// transport returns, and is dropped then.
    pub(crate) fn cancel(&self, create: &CreateInstance, is_read: impl Fn() -> bool) {
        let Side::Asynchronous(client, _, runtime) = &self.side else {
            return self.send_and_forget(create);
        };
        self.line.held.store(true, Ordering::Relaxed);
        runtime.block_on(async {
            let mut creation = pin!(client.create(create));
            let mut is_over = false;
            while !is_over && !is_read() {
                let mut tick = pin!(tokio::time::sleep(Duration::from_millis(1)));
                is_over = poll_fn(|context| {
                    if creation.as_mut().poll(context).is_ready() {
                        return Poll::Ready(true);
                    }
                    tick.as_mut().poll(context).map(|()| false)
                })
                .await;
            }
        });
        self.line.held.store(false, Ordering::Relaxed);
    }

    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        match &self.side {
            Side::Blocking(_, transport) => transport.send(request),
            Side::Asynchronous(_, transport, runtime) => runtime.block_on(transport.send(request)),
        }
    }
}
