//! The platform behind the application: a real one, or a sandbox inside.

use std::io;
use std::sync::Arc;

use rustls::ClientConfig;
use your_moms_core::{AsyncClient, AsyncTransport, Credentials, Limits, Platform, Vocabulary};
use your_moms_reqwest::ReqwestTransport;
use your_moms_reqwest::reqwest::ClientBuilder;
use your_moms_sandbox::{Noun, Sandbox, Server};

use crate::app::Client;
use crate::config::Failure;
use crate::services::{SERVICES, ServiceKey};

/// How to reach a platform, and the application's keys at the providers behind it.
#[derive(Debug)]
pub struct Remote {
    /// The platform, with the application's credentials.
    pub platform: Platform,
    /// The services that can be connected.
    pub services: Vec<ServiceKey>,
}

impl Remote {
    /// The platform that these environment variables name, or `None` without `YOUR_MOMS_BASE_URL`.
    ///
    /// # Errors
    /// One of them is missing or cannot be used.
    pub fn from_environment(get: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, Failure> {
        let Some(base_url) = get("YOUR_MOMS_BASE_URL") else { return Ok(None) };
        let need = |name: &str| get(name).ok_or_else(|| Failure::missing(name));
        let credentials =
            Credentials::new(need("YOUR_MOMS_USER_SECRET")?, need("YOUR_MOMS_ORGANIZATION_SECRET")?);
        let platform = credentials.and_then(|credentials| Platform::new(&base_url, credentials));
        let platform = platform.map_err(Failure::of("the platform's settings cannot be used"))?;
        let platform = match get("YOUR_MOMS_VOCABULARY").as_deref() {
            Some("elements") => platform.with_vocabulary(Vocabulary::ELEMENTS),
            _ => platform,
        };
        let services = SERVICES.iter().filter_map(|service| {
            let name = service.key.to_uppercase();
            let api_key = get(&format!("YOUR_MOMS_API_KEY_{name}"))?;
            let api_secret = get(&format!("YOUR_MOMS_API_SECRET_{name}"))?.into();
            Some(ServiceKey { connector: service.key.to_owned(), api_key, api_secret })
        });
        Ok(Some(Self { platform, services: services.collect() }))
    }

    /// Its client, over TLS that trusts what this machine trusts.
    ///
    /// # Errors
    /// TLS or the HTTP client cannot be set up.
    pub fn client(&self) -> Result<Client, Failure> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let mut roots = rustls::RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let tls = tls
            .map_err(Failure::of("TLS cannot be set up"))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = || ClientBuilder::new().tls_backend_preconfigured(tls.clone());
        let transport = ReqwestTransport::with_builder(Limits::default(), builder)
            .map_err(|_| Failure::new("the HTTP client cannot be set up"))?;
        let transport: Arc<dyn AsyncTransport> = Arc::new(transport);
        Ok(AsyncClient::new(self.platform.clone(), transport, tokio::time::sleep, getrandom::fill))
    }
}

/// A sandbox on a loopback port, and how to reach it. Nothing in it is real, and it ends with the server.
///
/// # Errors
/// No port, or no random bytes.
pub fn sandbox(callback_url: &str) -> io::Result<(Server, Remote)> {
    // Tokens of an earlier run must not fit this one.
    let seed = getrandom::u64().map_err(io::Error::other)?;
    let mut sandbox = Sandbox::new(seed);
    sandbox.register_redirect_uri(callback_url);
    let server = Server::start(sandbox)?;
    let remote = {
        let sandbox = server.sandbox();
        let secrets = sandbox.credentials();
        let credentials =
            Credentials::new(secrets.user_secret.as_str(), secrets.organization_secret.as_str());
        let services = SERVICES.iter().filter_map(|service| {
            let client = sandbox.client(service.key)?;
            let (api_key, api_secret) = (client.api_key.clone(), client.api_secret.as_str().into());
            Some(ServiceKey { connector: service.key.to_owned(), api_key, api_secret })
        });
        let platform =
            credentials.and_then(|credentials| Platform::new(&sandbox.base_url(Noun::YourMom), credentials));
        Remote { services: services.collect(), platform: platform.map_err(io::Error::other)? }
    };
    Ok((server, remote))
}
