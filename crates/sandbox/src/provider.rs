//! The provider's part: an authorization server for every connector that has one, of OAuth 2 (RFC 6749 §4.1) or of
//! OAuth 1.0a (RFC 5849 §2).

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

use crate::catalogue::{self, Connector, Oauth};
use crate::credentials::Client;
use crate::random::Random;

pub(crate) use codes::CodeRequest;
pub(crate) use redirect::with_parameters;
pub(crate) use request_tokens::VerifierRequest;

mod codes;
mod endpoint;
mod redirect;
mod request_tokens;
mod token_error;
mod view;

/// An authorization code and an open consent page are good for ten minutes (RFC 6749 §4.1.2 allows no more).
const LIFETIME: Duration = Duration::from_secs(600);

/// A loopback-IP redirect matches whatever port the application got (RFC 8252 §7.3).
const DEFAULT_REDIRECT_URI: &str = "http://127.0.0.1/callback";

pub(crate) struct Provider {
    clients: BTreeMap<&'static str, Client>,
    redirect_uris: Vec<String>,
    pages: HashMap<String, Page>,
    newest_page: Option<String>,
    codes: HashMap<String, codes::Grant>,
    request_tokens: HashMap<String, request_tokens::RequestToken>,
}

/// A consent page that is open; its one-time id is in the form's hidden field.
struct Page {
    connector: &'static Connector,
    redirect_uri: String,
    state: Option<String>,
    /// In OAuth 1.0a, the token that Allow adds a verifier to.
    request_token: Option<String>,
    opened: SystemTime,
}

impl Provider {
    pub(crate) fn new(random: &mut Random) -> Self {
        let client = |connector: &'static Connector| {
            let key = connector.key;
            let api_key = format!("sandbox-{key}-client-id");
            (key, Client { api_key, api_secret: random.secret(&format!("{key}-client-secret")) })
        };
        Self {
            clients: catalogue::connectors()
                .filter(|connector| connector.oauth.is_some())
                .map(client)
                .collect(),
            redirect_uris: vec![DEFAULT_REDIRECT_URI.to_owned()],
            pages: HashMap::new(),
            newest_page: None,
            codes: HashMap::new(),
            request_tokens: HashMap::new(),
        }
    }

    /// Forgets what was asked and allowed. Clients and redirect URIs stay.
    pub(crate) fn forget(&mut self) {
        self.pages.clear();
        self.newest_page = None;
        self.codes.clear();
        self.request_tokens.clear();
    }

    pub(crate) fn client(&self, key: &str) -> Option<&Client> {
        self.clients.get(key)
    }

    pub(crate) fn register_redirect_uri(&mut self, uri: &str) {
        self.redirect_uris.push(uri.to_owned());
    }

    fn knows_client(&self, connector: &Connector, client_id: &str, client_secret: &str) -> bool {
        self.client(connector.key)
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

fn is_over(since: SystemTime, now: SystemTime) -> bool {
    // A clock that went back is no reason to refuse.
    now.duration_since(since).is_ok_and(|age| age > LIFETIME)
}

/// The connector with this key, if it has a provider.
fn with_provider(key: &str) -> Option<(&'static Connector, &'static Oauth)> {
    let connector = catalogue::connectors().find(|connector| connector.key == key)?;
    Some((connector, connector.oauth.as_ref()?))
}
