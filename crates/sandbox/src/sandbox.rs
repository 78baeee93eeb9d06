//! What the platform and the providers behind it know.

use std::fmt;
use std::time::Duration;

use crate::behaviour::Behaviour;
use crate::catalogue::Catalogue;
use crate::console::Console;
use crate::credentials::{Client, Credentials};
use crate::fault::Faults;
use crate::instance::InstanceSummary;
use crate::journal::Journal;
use crate::noun::Noun;
use crate::platform::{Around, Platform};
use crate::provider::Provider;
use crate::random::Random;

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
    origin: String,
    random: Random,
    platform: Platform,
    provider: Provider,
    pub(crate) console: Console,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
}

impl Sandbox {
    /// A sandbox at the origin `http://127.0.0.1`, with all its ids, secrets and tokens drawn from `seed`.
    pub fn new(seed: u64) -> Self {
        Self::with_catalogue(seed, Catalogue::builtin())
    }

    /// As [`new`](Self::new), with other connectors than those that come with the sandbox, or with more of them.
    pub fn with_catalogue(seed: u64, catalogue: Catalogue) -> Self {
        let mut random = Random::new(seed);
        Self {
            origin: "http://127.0.0.1".to_owned(),
            provider: Provider::new(seed, &catalogue),
            platform: Platform::new(catalogue, &mut random),
            random,
            console: Console::new(seed),
            faults: Faults::default(),
            journal: Journal::default(),
        }
    }

    /// Puts the sandbox at another origin: scheme, host and port, such as `http://127.0.0.1:8080`.
    pub fn with_origin(self, origin: &str) -> Self {
        Self { origin: origin.trim_end_matches('/').to_owned(), ..self }
    }

    #[cfg(feature = "server")]
    pub(crate) fn set_origin(&mut self, origin: String) {
        self.origin = origin;
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

    /// The connectors that it knows.
    pub fn catalogue(&self) -> &Catalogue {
        self.platform.catalogue()
    }

    /// The secrets that the platform gave to the application.
    pub fn credentials(&self) -> &Credentials {
        self.platform.credentials()
    }

    /// Opens one more account at the platform, with secrets and instances of its own. No account sees another's.
    pub fn add_account(&mut self) -> Credentials {
        self.platform.add_account(&mut self.random)
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

    /// Opens one more account at every provider, with objects of its own. A blank name, or one that is there already, adds
    /// nothing.
    ///
    /// ```
    /// use your_moms_sandbox::Sandbox;
    ///
    /// let mut sandbox = Sandbox::new(1);
    /// sandbox.add_provider_account("carla");
    /// assert_eq!(sandbox.provider_accounts("dropbox"), ["sandbox@example.org", "office@example.org", "carla"]);
    /// assert!(sandbox.sign_in("carla") && !sandbox.sign_in("nobody"));
    /// ```
    pub fn add_provider_account(&mut self, name: &str) {
        self.provider.add_account(name);
    }

    /// The accounts at the provider behind the connector `key`, in the order of its consent page; none if there is no such
    /// connector.
    pub fn provider_accounts(&self, key: &str) -> Vec<String> {
        let connector = self.catalogue().by_key(key).into_iter();
        connector.flat_map(|connector| self.provider.accounts_of(connector)).map(str::to_owned).collect()
    }

    /// Signs an account in at each provider that has it: a consent page, and [`allow`](Self::allow), then begin with it.
    /// Where nobody has signed in, that is the first account. `false` if no provider has such an account.
    pub fn sign_in(&mut self, account: &str) -> bool {
        let Self { platform, provider, .. } = self;
        platform.catalogue().connectors().filter(|connector| provider.sign_in(connector, account)).count() > 0
    }

    /// Lets an authorization code, or a verifier of OAuth 1.0a, be good for this long in place of ten minutes.
    pub fn set_code_lifetime(&mut self, lifetime: Duration) {
        self.provider.set_code_lifetime(lifetime);
    }

    /// The instances of all accounts, by ascending id.
    pub fn instances(&self) -> Vec<InstanceSummary> {
        self.platform.instances().map(|instance| instance.summary(&self.provider)).collect()
    }

    /// The instances of the account with these credentials, by ascending id.
    pub fn instances_of(&self, credentials: &Credentials) -> Vec<InstanceSummary> {
        let own = self.platform.instances_of(credentials);
        own.map(|instance| instance.summary(&self.provider)).collect()
    }

    /// Lets the end user withdraw at the provider what they allowed: the instance is no longer valid until it is
    /// authorized anew. `false` if there is no such instance.
    pub fn revoke(&mut self, instance_id: u64) -> bool {
        self.platform.revoke(instance_id)
    }

    /// Gives the platform other habits, until they are changed again.
    pub fn set_behaviour(&mut self, behaviour: Behaviour) {
        self.platform.set_behaviour(behaviour);
    }

    pub(crate) fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Its parts, for a request that concerns several of them.
    pub(crate) fn parts(&mut self) -> (&mut Platform, Around<'_>) {
        let Self { origin, random, platform, provider, .. } = self;
        (platform, Around { origin, provider, random })
    }

    pub(crate) fn newest_page(&self) -> Option<&str> {
        self.provider.newest_page()
    }

    /// Whose account at the provider an instance is.
    pub(crate) fn provider_account(&self, instance_id: u64) -> Option<String> {
        let instance = self.platform.instance(instance_id)?;
        Some(instance.provider_account(&self.provider).to_owned())
    }

    /// An id for a response, in the platform's form.
    pub(crate) fn request_id(&mut self) -> String {
        self.random.hex()
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("origin", &self.origin)
            .field("instances", &self.platform.instances().map(|instance| instance.id).collect::<Vec<_>>())
            .field("behaviour", &self.platform.behaviour())
            .field("faults", &self.armed())
            .field("requests", &self.journal.last_number())
            .finish_non_exhaustive()
    }
}
