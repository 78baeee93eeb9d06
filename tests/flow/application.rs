//! An application, its client of either kind, and the sandbox it talks to.

use std::time::SystemTime;

use your_moms_core::{
    AsyncClient, AsyncTransport, Authorized, Client, CreateInstance, CreateRecord, Credentials, Error,
    Instance, Limits, ListInstances, Machine, Operation, PendingAuthorization, Platform, Registration,
    Transport, Vocabulary,
};
use your_moms_reqwest::ReqwestTransport;
use your_moms_sandbox::{Call, Noun, Sandbox, SandboxTransport, Server};
use your_moms_ureq::UreqTransport;

const CALLBACK: &str = "http://127.0.0.1:8765/callback";

/// A client of either kind; the asynchronous one with the runtime that its transport needs.
pub(crate) enum Caller {
    Blocking(Client<Box<dyn Transport>>),
    Async(AsyncClient<Box<dyn AsyncTransport>>, tokio::runtime::Runtime),
}

impl Caller {
    pub(crate) fn blocking(platform: Platform, transport: impl Transport + 'static) -> Self {
        Self::Blocking(Client::new(platform, Box::new(transport), |_| {}, getrandom::fill))
    }

    pub(crate) fn asynchronous(platform: Platform, transport: impl AsyncTransport + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sleep = |_| std::future::ready(());
        Self::Async(AsyncClient::new(platform, Box::new(transport), sleep, getrandom::fill), runtime)
    }

    pub(crate) fn platform(&self) -> &Platform {
        match self {
            Self::Blocking(client) => client.platform(),
            Self::Async(client, _) => client.platform(),
        }
    }

    pub(crate) fn authorize(&self, registration: &Registration) -> (String, PendingAuthorization) {
        let (url, pending) = match self {
            Self::Blocking(client) => client.authorize(registration, SystemTime::now()),
            Self::Async(client, runtime) => {
                runtime.block_on(client.authorize(registration, SystemTime::now()))
            }
        }
        .unwrap();
        (url.expose().to_owned(), pending)
    }

    pub(crate) fn new_instance(&self, connector: &str) -> CreateInstance {
        match self {
            Self::Blocking(client) => client.new_instance(connector),
            Self::Async(client, _) => client.new_instance(connector),
        }
        .unwrap()
    }

    pub(crate) fn create(&self, create: &CreateInstance) -> Result<Instance, Error> {
        match self {
            Self::Blocking(client) => client.create(create),
            Self::Async(client, runtime) => runtime.block_on(client.create(create)),
        }
    }

    pub(crate) fn recover(&self, record: &CreateRecord) -> Result<Option<Instance>, Error> {
        match self {
            Self::Blocking(client) => client.recover(record),
            Self::Async(client, runtime) => runtime.block_on(client.recover(record)),
        }
    }

    pub(crate) fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        match self {
            Self::Blocking(client) => client.call(operation),
            Self::Async(client, runtime) => runtime.block_on(client.call(operation)),
        }
    }

    pub(crate) fn run<M: Machine>(&self, machine: M) -> Result<M::Output, Error> {
        match self {
            Self::Blocking(client) => client.run(machine),
            Self::Async(client, runtime) => runtime.block_on(client.run(machine)),
        }
    }

    /// The ids of all instances, page by page.
    pub(crate) fn listed(&self) -> Vec<u64> {
        let list = ListInstances::new().page_size(1);
        let all: Result<Vec<Instance>, Error> = match self {
            Self::Blocking(client) => client.pages(&list).items().collect(),
            Self::Async(client, runtime) => runtime.block_on(async {
                let (mut pages, mut all) = (client.pages(&list), Vec::new());
                while let Some(page) = pages.next().await {
                    all.extend(page?.items);
                }
                Ok(all)
            }),
        };
        all.unwrap().iter().map(Instance::id).collect()
    }
}

/// The application under test, and a sandbox to talk to.
pub(crate) struct Application {
    pub(crate) caller: Caller,
    pub(crate) sandbox: SandboxTransport,
}

/// Runs `scenario` over ureq and over reqwest against a served sandbox, and in-process both ways; in both vocabularies.
pub(crate) fn each_way(scenario: impl Fn(&Application)) {
    for (noun, vocabulary) in [(Noun::YourMom, Vocabulary::YOUR_MOMS), (Noun::Element, Vocabulary::ELEMENTS)]
    {
        let run = |sandbox: SandboxTransport, caller: &dyn Fn(Platform) -> Caller| {
            let (account, base_url) = {
                let sandbox = sandbox.sandbox();
                (sandbox.credentials().clone(), sandbox.base_url(noun))
            };
            let credentials = Credentials::new(account.user_secret, account.organization_secret).unwrap();
            let platform = Platform::new(&base_url, credentials).unwrap();
            let caller = caller(platform.with_vocabulary(vocabulary.clone()));
            scenario(&Application { caller, sandbox });
        };
        let limits = Limits::default();
        let server = Server::start(Sandbox::new(7)).unwrap();
        run(server.transport(), &|platform| Caller::blocking(platform, UreqTransport::new(limits)));
        let server = Server::start(Sandbox::new(7)).unwrap();
        run(server.transport(), &|platform| {
            Caller::asynchronous(platform, ReqwestTransport::new(limits).unwrap())
        });
        let sandbox = SandboxTransport::new(Sandbox::new(7));
        run(sandbox.clone(), &|platform| Caller::blocking(platform, sandbox.clone()));
        let sandbox = SandboxTransport::new(Sandbox::new(7));
        run(sandbox.clone(), &|platform| Caller::asynchronous(platform, sandbox.clone()));
    }
}

impl Application {
    pub(crate) fn registration(&self, connector: &str) -> Registration {
        let registered = self.sandbox.sandbox().client(connector).unwrap().clone();
        Registration::new(connector, registered.api_key, registered.api_secret, CALLBACK).unwrap()
    }

    /// Steps 1 and 2: the user allows it.
    pub(crate) fn authorized(&self, registration: &Registration) -> Authorized {
        let (url, pending) = self.caller.authorize(registration);
        let redirect = self.sandbox.allow(&url).unwrap();
        assert!(pending.matches(&redirect));
        pending.verify(&redirect, SystemTime::now()).unwrap()
    }

    /// All three steps.
    pub(crate) fn connected(&self) -> Instance {
        let registration = self.registration("instagram");
        let create = self.authorized(&registration).create(&registration).unwrap().name("Photos");
        self.caller.create(&create).unwrap()
    }

    pub(crate) fn made(&self) -> usize {
        self.sandbox.sandbox().instances().len()
    }

    pub(crate) fn sent(&self, call: Call) -> usize {
        self.sandbox.sandbox().journal().iter().filter(|record| record.call == Some(call)).count()
    }
}
