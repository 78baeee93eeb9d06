//! The provider's part: an authorization server for every connector that has one, of OAuth 2 (RFC 6749 §4.1) or of
//! OAuth 1.0a (RFC 5849 §2).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{Catalogue, Connector};
use crate::credentials::Client;
use crate::random::Random;

pub(crate) use codes::CodeRequest;
use recent::Recent;
pub(crate) use redirect::with_parameters;
pub(crate) use request_tokens::VerifierRequest;

mod accounts;
mod codes;
mod endpoint;
mod recent;
mod redirect;
mod request_tokens;
mod token_error;
mod view;

/// A code is good for ten minutes (RFC 6749 §4.1.2 allows no more), until another time is set.
const CODE_LIFETIME: Duration = Duration::from_secs(600);

/// How long a person may look at a consent page, and a request token wait for its person.
const PAGE_LIFETIME: Duration = Duration::from_secs(600);

/// A loopback-IP redirect matches whatever port the application got (RFC 8252 §7.3).
const DEFAULT_REDIRECT_URI: &str = "http://127.0.0.1/callback";

pub(crate) struct Provider {
    seed: u64,
    /// By the key of the connector.
    clients: BTreeMap<String, Client>,
    redirect_uris: Vec<String>,
    accounts: accounts::Accounts,
    /// Of codes, and of verifiers.
    code_lifetime: Duration,
    pages: Recent<Page>,
    newest_page: Option<String>,
    codes: Recent<codes::Grant>,
    request_tokens: Recent<request_tokens::RequestToken>,
}

/// What somebody who allows it gives to an application.
pub(crate) struct Access {
    /// Theirs.
    pub(crate) account: String,
    pub(crate) token: String,
    /// OAuth 1.0a has one for the token.
    pub(crate) secret: Option<String>,
}

/// A consent page that is open; its one-time id is in the form's hidden field.
struct Page {
    connector: Arc<Connector>,
    redirect_uri: String,
    state: Option<String>,
    /// In OAuth 1.0a, the token that Allow adds a verifier to.
    request_token: Option<String>,
}

impl Provider {
    /// With a client at each provider of the catalogue, whose secret depends on nothing but the seed and the connector.
    pub(crate) fn new(seed: u64, catalogue: &Catalogue) -> Self {
        let mut provider = Self {
            seed,
            clients: BTreeMap::new(),
            redirect_uris: vec![DEFAULT_REDIRECT_URI.to_owned()],
            accounts: accounts::Accounts::default(),
            code_lifetime: CODE_LIFETIME,
            pages: Recent::new(),
            newest_page: None,
            codes: Recent::new(),
            request_tokens: Recent::new(),
        };
        catalogue.connectors().for_each(|connector| provider.add_client(connector, None));
        provider
    }

    /// For a connector that has a provider and no client: one of its own, or that of its original.
    pub(crate) fn add_client(&mut self, connector: &Connector, original: Option<&Connector>) {
        let key = &connector.key;
        if connector.protocol().is_none() || self.clients.contains_key(key) {
            return;
        }
        let same = original.and_then(|original| self.client(&original.key)).cloned();
        let client = same.unwrap_or_else(|| Client {
            api_key: format!("sandbox-{key}-client-id"),
            api_secret: Random::named(self.seed, key).secret(&format!("{key}-client-secret")),
        });
        self.clients.insert(key.clone(), client);
    }

    pub(crate) fn remove_client(&mut self, connector: &Connector) {
        self.clients.remove(&connector.key);
    }

    /// Forgets what was asked and allowed, and the clients of connectors that are no more. Other clients and redirect
    /// URIs stay.
    pub(crate) fn forget(&mut self, catalogue: &Catalogue) {
        self.clients.retain(|key, _| catalogue.by_key(key).is_some());
        self.pages = Recent::new();
        self.newest_page = None;
        self.codes = Recent::new();
        self.request_tokens = Recent::new();
    }

    pub(crate) fn client(&self, key: &str) -> Option<&Client> {
        self.clients.get(key)
    }

    pub(crate) fn register_redirect_uri(&mut self, uri: &str) {
        self.redirect_uris.push(uri.to_owned());
    }

    pub(crate) fn set_code_lifetime(&mut self, lifetime: Duration) {
        self.code_lifetime = lifetime;
    }

    fn knows_client(&self, connector: &Connector, client_id: &str, client_secret: &str) -> bool {
        self.client(&connector.key)
            .is_some_and(|client| client.api_key == client_id && client.api_secret == client_secret)
    }

    /// A redirect URI has no fragment (RFC 6749 §3.1.2), whatever was registered.
    fn is_registered(&self, uri: &str) -> bool {
        !uri.contains('#') && self.redirect_uris.iter().any(|registered| redirect::matches(registered, uri))
    }

    /// The id of the consent page that was shown last and is still open.
    pub(crate) fn newest_page(&self) -> Option<&str> {
        self.newest_page.as_deref()
    }
}

/// The path of a provider's authorization endpoint.
pub(crate) fn path(connector: &Connector) -> String {
    format!("/provider/{}/oauth/authorize", connector.key)
}
