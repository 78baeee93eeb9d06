//! The platform, and a client for it.

use reqwest::ClientBuilder;
use rustls::{ClientConfig, RootCertStore};
use your_moms_core::{AsyncClient, Credentials, Limits, Platform, Secret};
use your_moms_reqwest::{ReqwestTransport, environment_proxy};

use crate::args::{Common, Vocabulary};
use crate::failure::Failure;
use crate::mark;
use crate::mask::Mask;
use crate::secrets::{self, Required};
use crate::store::Store;

pub(crate) type Client = AsyncClient<ReqwestTransport>;

impl Vocabulary {
    pub(crate) fn words(self) -> your_moms_core::Vocabulary {
        match self {
            Self::YourMoms => your_moms_core::Vocabulary::YOUR_MOMS,
            Self::Elements => your_moms_core::Vocabulary::ELEMENTS,
        }
    }
}

/// The base URL of the command line, or the documented one.
pub(crate) fn base_url(common: &Common) -> Result<String, Failure> {
    match (&common.base_url, common.vocabulary.unwrap_or_default()) {
        (Some(url), _) => Ok(url.clone()),
        (None, Vocabulary::YourMoms) => Ok(Platform::BASE_URL.to_owned()),
        (None, Vocabulary::Elements) => Err(Failure::usage("--vocabulary elements needs --base-url")
            .help("such as https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2")),
    }
}

/// Credentials for a request that is only shown, as a curl command: it has variables in their place.
pub(crate) fn shown_credentials() -> Result<Credentials, Failure> {
    Ok(Credentials::new("user-secret", "organization-secret")?)
}

/// The two secrets of the `Authorization` header, as the user has to give them.
pub(crate) fn required_credentials(common: &Common) -> [Required; 2] {
    [
        Required::secret(
            "user secret",
            "--user-secret",
            common.user_secret.as_deref(),
            "YOUR_MOMS_USER_SECRET",
        ),
        Required::secret(
            "organization secret",
            "--organization-secret",
            common.organization_secret.as_deref(),
            "YOUR_MOMS_ORGANIZATION_SECRET",
        ),
    ]
}

/// Credentials from the values of [`required_credentials`].
pub(crate) fn credentials(values: Vec<Secret>) -> Result<Credentials, Failure> {
    let mut values = values.into_iter();
    let mut next = || values.next().unwrap_or_else(|| Secret::from(""));
    Ok(Credentials::new(next(), next())?)
}

/// A client for `platform`.
pub(crate) fn client(platform: Platform) -> Result<Client, Failure> {
    let transport = transport(&platform)?;
    Ok(AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill))
}

/// A client with the user's secrets for the platform at `base_url`, and what must not be printed.
pub(crate) async fn client_of(
    common: &Common,
    base_url: &str,
    vocabulary: Vocabulary,
) -> Result<(Client, Mask), Failure> {
    let secrets = secrets::obtain(required_credentials(common).into(), Vec::new()).await?;
    client_with(common, base_url, vocabulary, secrets)
}

/// As [`client_of`], with secrets that are at hand.
pub(crate) fn client_with(
    common: &Common,
    base_url: &str,
    vocabulary: Vocabulary,
    secrets: Vec<Secret>,
) -> Result<(Client, Mask), Failure> {
    check_secrets(common, base_url, &secrets)?;
    let mask = Mask::of(&secrets);
    let platform = Platform::new(base_url, credentials(secrets)?)?;
    Ok((client(platform.with_vocabulary(vocabulary.words()))?, mask))
}

/// Secrets that are known to be another platform's are not sent to this one, unless the command line names it.
pub(crate) fn check_secrets(common: &Common, base_url: &str, secrets: &[Secret]) -> Result<(), Failure> {
    if common.base_url.is_some() {
        return Ok(());
    }
    mark::check(&Store::at(common.store.as_deref())?.read()?, base_url, &mark::of(secrets))
}

/// What carries requests to `platform`, over the proxy of the environment if there is one.
pub(crate) fn transport(platform: &Platform) -> Result<ReqwestTransport, Failure> {
    let tls = tls(platform)?;
    // Neither of reqwest's errors is shown: a proxy's URL can hold a password.
    let proxy = environment_proxy()
        .map_err(|_| Failure::usage("the proxy named by HTTPS_PROXY or ALL_PROXY is not a URL"))?;
    let builder = || {
        let builder = ClientBuilder::new().tls_backend_preconfigured(tls.clone());
        proxy.iter().cloned().fold(builder, ClientBuilder::proxy)
    };
    ReqwestTransport::with_builder(Limits::default(), builder)
        .map_err(|_| Failure::failed("the HTTP client cannot be set up"))
}

/// TLS that trusts what this machine trusts. A machine without certificates can still talk to its own loopback.
fn tls(platform: &Platform) -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    if platform.base_url().starts_with("https:") {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let provider = rustls::crypto::ring::default_provider();
    let builder = ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::failed("TLS cannot be set up").because(&error))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
