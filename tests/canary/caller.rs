//! Clients of every kind, and a driver by hand, behind one interface.

use std::sync::Arc;

use your_moms_core::{
    AsyncClient, AsyncTransport, Client, Error, Exchange, Instance, ListInstances, Machine, Operation,
    Platform, RetryPolicy, Step, Transport,
};

use crate::carrier::Watched;

/// A transport of either kind.
#[derive(Clone)]
pub(crate) enum Carrier {
    Blocking(Arc<dyn Transport>),
    Async(Arc<dyn AsyncTransport>),
    /// Without a client: each step of a machine is shown.
    ByHand(Arc<dyn Transport>),
}

pub(crate) enum Caller {
    Blocking(Client<Watched<Arc<dyn Transport>>>, RetryPolicy),
    Async(AsyncClient<Watched<Arc<dyn AsyncTransport>>>, RetryPolicy, tokio::runtime::Runtime),
    ByHand(Platform, RetryPolicy, Watched<Arc<dyn Transport>>),
}

impl Caller {
    /// `watched` says where to write.
    pub(crate) fn new(
        carrier: &Carrier,
        platform: Platform,
        policy: RetryPolicy,
        watched: Watched<()>,
    ) -> Self {
        match carrier {
            Carrier::Blocking(transport) => {
                let client = Client::new(platform, watched.over(transport.clone()), |_| {}, getrandom::fill);
                Self::Blocking(client.with_retries(policy), policy)
            }
            Carrier::Async(transport) => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let transport = watched.over(transport.clone());
                let client =
                    AsyncClient::new(platform, transport, |_| std::future::ready(()), getrandom::fill);
                Self::Async(client.with_retries(policy), policy, runtime)
            }
            Carrier::ByHand(transport) => Self::ByHand(platform, policy, watched.over(transport.clone())),
        }
    }

    pub(crate) fn platform(&self) -> &Platform {
        match self {
            Self::Blocking(client, _) => client.platform(),
            Self::Async(client, ..) => client.platform(),
            Self::ByHand(platform, ..) => platform,
        }
    }

    pub(crate) fn policy(&self) -> RetryPolicy {
        match self {
            Self::Blocking(_, policy) | Self::Async(_, policy, _) | Self::ByHand(_, policy, _) => *policy,
        }
    }

    pub(crate) fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.run(Exchange::new(operation, self.platform(), self.policy()))
    }

    pub(crate) fn run<M: Machine>(&self, machine: M) -> Result<M::Output, Error> {
        match self {
            Self::Blocking(client, _) => client.run(machine),
            Self::Async(client, _, runtime) => runtime.block_on(client.run(machine)),
            Self::ByHand(_, _, transport) => by_hand(machine, transport),
        }
    }

    /// The first instances, page by page; a list of the sandbox may have no end.
    pub(crate) fn listed(&self) -> Vec<Result<Instance, Error>> {
        let list = ListInstances::new().page_size(1);
        match self {
            Self::Blocking(client, _) => client.pages(&list).items().take(3).collect(),
            Self::Async(client, _, runtime) => runtime.block_on(async {
                let (mut pages, mut all) = (client.pages(&list), Vec::new());
                while let Some(page) = pages.next().await.filter(|_| all.len() < 3) {
                    match page {
                        Ok(page) => all.extend(page.items.into_iter().map(Ok)),
                        Err(error) => all.push(Err(error)),
                    }
                }
                all
            }),
            Self::ByHand(..) => match self.call(&list) {
                Ok(page) => page.items.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            },
        }
    }

    /// What its `Debug` shows.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Blocking(client, _) => {
                format!("{client:?} {client:#?} {:?}", client.pages(&ListInstances::new()))
            }
            Self::Async(client, ..) => {
                format!("{client:?} {client:#?} {:?}", client.pages(&ListInstances::new()))
            }
            Self::ByHand(platform, ..) => format!("{platform:?} {platform:#?}"),
        }
    }
}

fn by_hand<M: Machine>(machine: M, transport: &Watched<Arc<dyn Transport>>) -> Result<M::Output, Error> {
    let mut step = machine.step();
    loop {
        transport.scene.lock().unwrap().text("step", format!("{step:?} {step:#?}"));
        step = match step {
            Step::Send(request, awaiting) => awaiting.receive(transport.send(request)),
            Step::Wait(_, machine) => machine.step(),
            Step::Done(result) => return result,
        };
    }
}

impl Watched<()> {
    fn over<T>(self, transport: T) -> Watched<T> {
        Watched { transport, scene: self.scene, sent: self.sent, is_sandbox: self.is_sandbox }
    }
}
