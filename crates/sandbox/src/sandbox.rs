//! What the platform and the providers behind it know.

use std::fmt;

use crate::account::Accounts;
use crate::behaviour::Behaviour;
use crate::console::Console;
use crate::credentials::{Client, Credentials};
use crate::fault::Faults;
use crate::instance::{Instance, InstanceSummary, Instances};
use crate::journal::Journal;
use crate::noun::Noun;
use crate::provider::Provider;
use crate::random::Random;

/// The one of the source document.
pub(crate) const FIRST_INSTANCE_ID: u64 = 123;

/// The platform and the providers behind it, as one value without clock, socket or randomness of the system.
///
/// The same seed and the same requests give the same responses, byte for byte.
///
/// ```
/// use std::time::SystemTime;
/// use http::{Request, StatusCode};
/// use your_moms_sandbox::{Noun, Sandbox};
///
/// let mut sandbox = Sandbox::new(1);
/// let url = format!("{}/your_moms/instagram/oauth/url", sandbox.base_url(Noun::YourMom));
/// let response = sandbox.handle(&Request::get(url).body(&b""[..])?, SystemTime::UNIX_EPOCH);
/// assert_eq!(response.status(), StatusCode::BAD_REQUEST); // the parameters are missing
/// # Ok::<(), http::Error>(())
/// ```
pub struct Sandbox {
    pub(crate) origin: String,
    pub(crate) random: Random,
    pub(crate) accounts: Accounts,
    pub(crate) provider: Provider,
    pub(crate) instances: Instances,
    pub(crate) next_instance_id: u64,
    pub(crate) behaviour: Behaviour,
    /// The habits that changed something for the request at hand.
    pub(crate) shown_behaviours: Vec<&'static str>,
    pub(crate) console: Console,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
}

impl Sandbox {
    /// A sandbox at the origin `http://127.0.0.1`, with all its ids, secrets and tokens drawn from `seed`.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            origin: "http://127.0.0.1".to_owned(),
            accounts: Accounts::new(&mut random),
            provider: Provider::new(&mut random),
            random,
            instances: Instances::default(),
            next_instance_id: FIRST_INSTANCE_ID,
            behaviour: Behaviour::default(),
            shown_behaviours: Vec::new(),
            console: Console::new(seed),
            faults: Faults::default(),
            journal: Journal::default(),
        }
    }

    /// Puts the sandbox at another origin: scheme, host and port, such as `http://127.0.0.1:8080`.
    pub fn with_origin(self, origin: &str) -> Self {
        Self { origin: origin.trim_end_matches('/').to_owned(), ..self }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The base URL of one vocabulary, such as `http://127.0.0.1/your_moms/api-v2`. Both work at once, on the same
    /// instances.
    pub fn base_url(&self, noun: Noun) -> String {
        format!("{}{}", self.origin, noun.base_path())
    }

    /// The secrets that the platform gave to the application.
    pub fn credentials(&self) -> &Credentials {
        self.accounts.first()
    }

    /// Opens one more account at the platform, with secrets and instances of its own. No account sees another's.
    pub fn add_account(&mut self) -> Credentials {
        self.accounts.add(&mut self.random)
    }

    /// The application's registration at the provider behind the connector `key`; `None` for a connector that is
    /// unknown or has no provider.
    pub fn client(&self, key: &str) -> Option<&Client> {
        self.provider.client(key)
    }

    /// Registers one more redirect URI with every provider. It must be used as it stands here; only at a loopback IP
    /// may the port differ (RFC 8252 §7.3). `http://127.0.0.1/callback` is registered from the start.
    pub fn register_redirect_uri(&mut self, uri: &str) {
        self.provider.register_redirect_uri(uri);
    }

    /// The instances of all accounts, by ascending id.
    pub fn instances(&self) -> Vec<InstanceSummary> {
        self.instances.all().map(Instance::summary).collect()
    }

    /// The instances of the account with these credentials, by ascending id.
    pub fn instances_of(&self, credentials: &Credentials) -> Vec<InstanceSummary> {
        let account = self.accounts.of_user(&credentials.user_secret).map(|(account, _)| account);
        let own = account.into_iter().flat_map(|account| self.instances.of_account(account, None, 0));
        own.map(Instance::summary).collect()
    }

    /// Lets the end user withdraw at the provider what they allowed: the instance is no longer valid until it is
    /// authorized anew. `false` if there is no such instance.
    pub fn revoke(&mut self, instance_id: u64) -> bool {
        let instance = self.instances.get_mut(instance_id);
        instance.map(|instance| instance.valid = false).is_some()
    }

    /// Gives the platform other habits, until they are changed again.
    pub fn set_behaviour(&mut self, behaviour: Behaviour) {
        self.behaviour = behaviour;
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("origin", &self.origin)
            .field("instances", &self.instances.all().map(|instance| instance.id).collect::<Vec<_>>())
            .field("behaviour", &self.behaviour)
            .field("faults", &self.armed())
            .field("requests", &self.journal.last_number())
            .finish_non_exhaustive()
    }
}
