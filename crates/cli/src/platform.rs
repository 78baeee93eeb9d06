//! The platform, and a client for it.

use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use reqwest::{ClientBuilder, Proxy};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use your_moms_core::{AsyncClient, Credentials, Limits, Platform, Secret};
use your_moms_reqwest::{ReqwestTransport, environment_proxy};

use crate::args::{Common, Vocabulary};
use crate::blocking;
use crate::carrier::Carrier;
use crate::curl::placeholder;
use crate::failure::Failure;
use crate::mark;
use crate::mask::Mask;
use crate::progress;
use crate::secrets::{self, Required};
use crate::store::Store;

pub(crate) type Client = AsyncClient<Carrier>;

impl Vocabulary {
    pub(crate) fn words(self) -> your_moms_core::Vocabulary {
        match self {
            Self::YourMoms => your_moms_core::Vocabulary::YOUR_MOMS,
            Self::Elements => your_moms_core::Vocabulary::ELEMENTS,
        }
    }
}

/// The variable that names the base URL where no option does.
const BASE_URL: &str = "YOUR_MOMS_BASE_URL";
/// The same for the vocabulary.
const VOCABULARY: &str = "YOUR_MOMS_VOCABULARY";

/// The base URL of the command line or the environment, or the documented one; as an instance has it.
pub(crate) fn base_url(common: &Common) -> Result<String, Failure> {
    let url = match base_url_of_option(common)? {
        Some(url) => Some(url),
        None => base_url_of_environment()?,
    };
    match (url, vocabulary(common)?) {
        (Some(url), _) => Ok(url),
        (None, Vocabulary::YourMoms) => Ok(Platform::BASE_URL.to_owned()),
        (None, Vocabulary::Elements) => Err(Failure::usage("--vocabulary elements needs --base-url")
            .help("such as https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2")),
    }
}

/// The base URL of the command line, if it has one.
pub(crate) fn base_url_of_option(common: &Common) -> Result<Option<String>, Failure> {
    common.base_url.as_deref().map(spelled).transpose()
}

fn base_url_of_environment() -> Result<Option<String>, Failure> {
    from_environment(BASE_URL)?.as_deref().map(spelled).transpose()
}

/// A URL has many spellings, and what is compared must have one.
fn spelled(url: &str) -> Result<String, Failure> {
    Ok(Platform::new(url, shown_credentials()?)?.base_url().to_owned())
}

/// The vocabulary: as an option says, or what a base URL ends in. Options count before the environment.
pub(crate) fn vocabulary(common: &Common) -> Result<Vocabulary, Failure> {
    let of_option = common.vocabulary.or_else(|| common.base_url.as_deref().and_then(vocabulary_of));
    if let Some(vocabulary) = of_option {
        return Ok(vocabulary);
    }
    if let Some(name) = from_environment(VOCABULARY)? {
        return Vocabulary::from_str(&name, false)
            .map_err(|_| Failure::usage(format!("{VOCABULARY} is neither your_moms nor elements")));
    }
    // Another base URL than that of the environment says nothing, and the environment nothing of it.
    let url = if common.base_url.is_none() { from_environment(BASE_URL)? } else { None };
    Ok(url.as_deref().and_then(vocabulary_of).unwrap_or_default())
}

/// What the end of a base URL says of its vocabulary.
pub(crate) fn vocabulary_of(base_url: &str) -> Option<Vocabulary> {
    let path = base_url.trim_end_matches('/');
    [("/elements/api-v2", Vocabulary::Elements), ("/your_moms/api-v2", Vocabulary::YourMoms)]
        .into_iter()
        .find_map(|(end, vocabulary)| path.ends_with(end).then_some(vocabulary))
}

fn from_environment(variable: &str) -> Result<Option<String>, Failure> {
    match env::var(variable) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::usage(format!("{variable} is not UTF-8 text"))),
    }
}

/// Credentials for a request that is only shown, as a curl command: variables in their place.
pub(crate) fn shown_credentials() -> Result<Credentials, Failure> {
    let [user, organization] = ["YOUR_MOMS_USER_SECRET", "YOUR_MOMS_ORGANIZATION_SECRET"].map(placeholder);
    Ok(Credentials::new(user, organization)?)
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
pub(crate) async fn client(common: &Common, platform: Platform) -> Result<Client, Failure> {
    let verbose = common.verbose;
    let carrier = Carrier::new(transport(common, &platform).await?, verbose);
    Ok(AsyncClient::new(platform, carrier, move |wait| progress::wait(wait, verbose), getrandom::fill))
}

/// A client with the user's secrets for the platform at `base_url`, and what must not be printed.
pub(crate) async fn client_of(
    common: &Common,
    base_url: &str,
    vocabulary: Vocabulary,
) -> Result<(Client, Mask), Failure> {
    let secrets = secrets::obtain(required_credentials(common).into(), Vec::new()).await?;
    client_with(common, base_url, vocabulary, secrets).await
}

/// As [`client_of`], with secrets that are at hand.
pub(crate) async fn client_with(
    common: &Common,
    base_url: &str,
    vocabulary: Vocabulary,
    secrets: Vec<Secret>,
) -> Result<(Client, Mask), Failure> {
    check_secrets(common, base_url, &secrets)?;
    let mask = Mask::of(&secrets);
    let platform = Platform::new(base_url, credentials(secrets)?)?;
    Ok((client(common, platform.with_vocabulary(vocabulary.words())).await?, mask))
}

/// Secrets that are another platform's, as far as is known, are not sent to this one unless the command line names it.
pub(crate) fn check_secrets(common: &Common, base_url: &str, secrets: &[Secret]) -> Result<(), Failure> {
    if common.base_url.is_some() {
        return Ok(());
    }
    let kept = Store::at(common.store.as_deref())?.read()?;
    mark::check(&kept, base_url, &mark::of(secrets), base_url_of_environment()?.as_deref())
}

/// What carries requests to `platform`, over the proxy that was named or that of the environment if there is one.
pub(crate) async fn transport(common: &Common, platform: &Platform) -> Result<ReqwestTransport, Failure> {
    let (is_https, ca_certs) = (platform.base_url().starts_with("https:"), common.ca_certs.clone());
    let tls = blocking::run(move || tls(is_https, &ca_certs)).await?;
    // Neither of reqwest's errors is shown: a proxy's URL can hold a password.
    let proxy = match &common.proxy {
        Some(url) => {
            let proxy =
                Proxy::all(url).map_err(|_| Failure::usage("the proxy named by --proxy is not a URL"));
            Some(proxy?)
        }
        None => environment_proxy()
            .map_err(|_| Failure::usage("the proxy named by HTTPS_PROXY or ALL_PROXY is not a URL"))?,
    };
    let builder = || {
        let builder = ClientBuilder::new().tls_backend_preconfigured(tls.clone());
        proxy.iter().cloned().fold(builder, ClientBuilder::proxy)
    };
    ReqwestTransport::with_builder(limits(common), builder)
        .map_err(|_| Failure::failed("the HTTP client cannot be set up"))
}

/// A connection is given up before the request is, so that it is known not to have been sent.
fn limits(common: &Common) -> Limits {
    let default = Limits::default();
    let total = common.request_timeout.unwrap_or(default.total);
    Limits { total, connect: default.connect.min(total / 2), ..default }
}

/// TLS that trusts what this machine trusts. A machine without certificates can still talk to its own loopback.
fn tls(is_https: bool, ca_certs: &[PathBuf]) -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    if is_https {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    for path in ca_certs {
        add_certificates(&mut roots, path)?;
    }
    let provider = rustls::crypto::ring::default_provider();
    let builder = ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::failed("TLS cannot be set up").because(&error))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn add_certificates(roots: &mut RootCertStore, path: &Path) -> Result<(), Failure> {
    let cannot = |what: &str| Failure::usage(format!("{}, named by --ca-cert, {what}", path.display()));
    let text = File::open(path)
        .and_then(blocking::bytes)
        .map_err(|error| cannot("cannot be read").because(&error))?;
    let mut added = 0_usize;
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|_| cannot("is not PEM"))?;
        roots.add(certificate).map_err(|_| cannot("has a certificate that cannot be used"))?;
        added += 1;
    }
    if added == 0 { Err(cannot("has no certificate in it")) } else { Ok(()) }
}
