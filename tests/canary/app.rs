//! An application in one scene: a sandbox, a client under test, and another that prepares what the first one needs.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use your_moms_core::{
    Authorize, Authorized, CreateInstance, CreateOnce, Credentials, Entropy, Error, Instance, Platform,
    Registration, RetryPolicy,
};
use your_moms_sandbox::{Noun, SandboxTransport};
use your_moms_tests::ours::Prints;

use crate::caller::{Caller, Carrier};
use crate::carrier::{Shared, Watched};

const CALLBACK: &str = "http://127.0.0.1:8765/callback";
/// What only the caller knows.
pub(crate) const PASSWORD: &str = "canary-3hVb6Yt1NcQ9kZx5Dg";
pub(crate) const USER_TOKEN: &str = "canary-8sJw4Fm7GpE2rUa6Ly";
pub(crate) const OWN: &str = "canary-5zTn1Kq8HdX3vBo7Ci";
const PARAMETER: &str = "canary-6eRl2Pw9SuM4jAy8Vf";

pub(crate) struct App {
    pub(crate) caller: Caller,
    pub(crate) helper: Caller,
    pub(crate) sandbox: SandboxTransport,
    pub(crate) instance: Instance,
    pub(crate) scene: Shared,
    pub(crate) sent: Arc<Mutex<Vec<&'static str>>>,
}

impl App {
    /// An application with an instance. `carrier` may lead to the sandbox or elsewhere.
    pub(crate) fn new(
        carrier: &Carrier,
        policy: RetryPolicy,
        sandbox: SandboxTransport,
        is_sandbox: bool,
    ) -> Self {
        let (scene, sent) = (Shared::default(), Arc::default());
        let (account, base_url) = {
            let sandbox = sandbox.sandbox();
            (sandbox.credentials().clone(), sandbox.base_url(Noun::YourMom))
        };
        let credentials = Credentials::new(account.user_secret, account.organization_secret).unwrap();
        let platform = Platform::new(&base_url, credentials.clone()).unwrap();
        let watched = |sent: &Arc<_>, is_sandbox| Watched {
            transport: (),
            scene: scene.clone(),
            sent: Arc::clone(sent),
            is_sandbox,
        };
        let caller = Caller::new(carrier, platform.clone(), policy, watched(&sent, is_sandbox));
        let inside = Carrier::Blocking(Arc::new(sandbox.clone()));
        let helper =
            Caller::new(&inside, platform.clone(), RetryPolicy::NEVER, watched(&Arc::default(), true));
        let instance = connected(&helper, &sandbox, &scene);
        let app = Self { caller, helper, sandbox, instance, scene, sent };
        app.shows("value", &(&credentials, &platform));
        app
    }

    pub(crate) fn registration(&self, connector: &str) -> Registration {
        registration(&self.sandbox, connector)
    }

    /// With a parameter that the caller alone knows to be a secret.
    pub(crate) fn with_parameter(registration: Registration) -> Registration {
        registration.parameter("key_of_the_door", PARAMETER)
    }

    /// Steps 1 and 2, in-process.
    pub(crate) fn authorized(&self, registration: &Registration) -> Authorized {
        authorized(&self.helper, &self.sandbox, &self.scene, registration)
    }

    pub(crate) fn creation(&self, connector: &str) -> CreateInstance {
        creation(&self.helper, &self.sandbox, &self.scene, connector)
    }

    /// An instance of its own, in-process.
    pub(crate) fn other_instance(&self) -> Instance {
        connected(&self.helper, &self.sandbox, &self.scene)
    }

    /// Everything that can be printed of an operation and of what came of it.
    pub(crate) fn prints<T: Debug>(&self, operation: &dyn Debug, result: &Result<T, Error>) {
        self.shows("operation", operation);
        match result {
            Ok(output) => self.shows("output", output),
            Err(error) => self.error(error),
        }
    }

    pub(crate) fn shows(&self, channel: &str, value: &dyn Debug) {
        shows(&self.scene, channel, value);
    }

    pub(crate) fn error(&self, error: &dyn StdError) {
        let mut prints = Prints::default();
        prints.error(error);
        self.scene.lock().unwrap().text("error", prints.into_texts().join("\n"));
    }

    /// For what has no type of this crate's.
    pub(crate) fn secret(&self, kind: &str, value: &str) {
        self.scene.lock().unwrap().secret(kind, value);
    }
}

fn shows(scene: &Shared, channel: &str, value: &dyn Debug) {
    scene.lock().unwrap().text(channel, format!("{value:?} {value:#?}"));
}

fn registration(sandbox: &SandboxTransport, connector: &str) -> Registration {
    let registered = sandbox.sandbox().client(connector).unwrap().clone();
    let registration =
        Registration::new(connector, registered.api_key, registered.api_secret, CALLBACK).unwrap();
    if connector == "etsy" { registration.oauth1() } else { registration }
}

pub(crate) fn entropy() -> Entropy {
    let mut bytes = [0; 48];
    getrandom::fill(&mut bytes).unwrap();
    Entropy::from_bytes(&bytes).unwrap()
}

fn authorized(
    helper: &Caller,
    sandbox: &SandboxTransport,
    scene: &Shared,
    registration: &Registration,
) -> Authorized {
    let authorize =
        Authorize::new(registration, helper.platform(), helper.policy(), entropy(), SystemTime::now());
    let (url, pending) = helper.run(authorize).unwrap();
    let redirect = sandbox.allow(url.expose()).unwrap();
    scene.lock().unwrap().harvest_url(&redirect);
    shows(scene, "value", &(&url, &pending, registration));
    let authorized = pending.verify(&redirect, SystemTime::now()).unwrap();
    shows(scene, "value", &authorized);
    authorized
}

fn creation(helper: &Caller, sandbox: &SandboxTransport, scene: &Shared, connector: &str) -> CreateInstance {
    let registration = registration(sandbox, connector);
    let create = authorized(helper, sandbox, scene, &registration).create(&registration).unwrap();
    let create = create.configuration("oauth.user.token", USER_TOKEN).provider_data("appointment", OWN);
    shows(scene, "value", &(&create, create.record()));
    create
}

fn connected(helper: &Caller, sandbox: &SandboxTransport, scene: &Shared) -> Instance {
    let create = creation(helper, sandbox, scene, "instagram");
    helper.run(CreateOnce::new(&create, helper.platform(), helper.policy())).unwrap()
}
