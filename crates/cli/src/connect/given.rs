//! What the command line says, read before anything is sent.

use your_moms_core::{
    BuildError, CallbackUrl, ConfigurationEntry, ConnectorKey, Registration, Secret, UrlErrorKind,
};

use crate::args::{Connect, Vocabulary};
use crate::curl::placeholder;
use crate::failure::Failure;
use crate::mask::Mask;
use crate::secrets;

pub(super) struct Given {
    pub(super) connector: ConnectorKey,
    pub(super) callback_url: Option<CallbackUrl>,
    /// The entries of `--config`.
    pub(super) configuration: Vec<(String, Secret)>,
    /// The parameters of `--param`.
    parameters: Vec<(String, Secret)>,
    in_body: bool,
    authorization: bool,
}

impl Given {
    pub(super) async fn read(args: &Connect, vocabulary: Vocabulary) -> Result<Self, Failure> {
        Ok(Self {
            connector: ConnectorKey::new(args.key.as_str())?,
            callback_url: args.callback_url.as_deref().map(|url| callback_url(args, url)).transpose()?,
            configuration: pairs("--config", &args.configuration).await?,
            parameters: pairs("--param", &args.parameters).await?,
            in_body: args.post,
            // The source document says that there is no header. The deployments that speak of elements are sent one by
            // every live client.
            authorization: vocabulary == Vocabulary::Elements,
        })
    }

    /// Adds the secrets among it to `mask`.
    pub(super) fn hide(&self, mask: &mut Mask) {
        for (name, value) in self.configuration.iter().chain(&self.parameters) {
            if secrets::is_secret_name(name) {
                mask.add(value);
            }
        }
    }

    /// With a variable in place of each secret, for requests that are only shown.
    pub(super) fn with_variables(self, entries: &[ConfigurationEntry]) -> Self {
        let is_secret = |name: &str| {
            secrets::is_secret_name(name)
                || entries.iter().any(|entry| entry.key == name && entry.is_secret())
        };
        let shown = |pairs: Vec<(String, Secret)>| {
            let pairs = pairs.into_iter().map(|(name, value)| {
                let value = if is_secret(&name) {
                    placeholder(&secrets::entry_variable(&name)).into()
                } else {
                    value
                };
                (name, value)
            });
            pairs.collect()
        };
        Self { configuration: shown(self.configuration), parameters: shown(self.parameters), ..self }
    }

    /// The application's registration with the provider, as the command line has it.
    pub(super) fn registration(
        &self,
        api_key: &str,
        api_secret: Secret,
        callback_url: &CallbackUrl,
    ) -> Result<Registration, Failure> {
        let registration = Registration::new(&self.connector, api_key, api_secret, callback_url.clone())?;
        let registration = if self.in_body { registration.in_body() } else { registration };
        let registration = if self.authorization { registration.with_authorization() } else { registration };
        let parameters = self.parameters.iter();
        Ok(parameters
            .fold(registration, |registration, (name, value)| registration.parameter(name, value.clone())))
    }
}

async fn pairs(option: &str, texts: &[String]) -> Result<Vec<(String, Secret)>, Failure> {
    let mut pairs = Vec::new();
    for text in texts {
        pairs.push(secrets::pair(option, text).await?);
    }
    Ok(pairs)
}

fn callback_url(args: &Connect, url: &str) -> Result<CallbackUrl, Failure> {
    if args.allow_http_callback {
        return Ok(CallbackUrl::allow_plain_http(url)?);
    }
    CallbackUrl::new(url).map_err(|error| match error {
        BuildError::CallbackUrl(UrlErrorKind::PlainHttp | UrlErrorKind::Localhost) => Failure::from(error)
            .help("--allow-http-callback accepts it all the same; the code then travels unencrypted"),
        error => error.into(),
    })
}
