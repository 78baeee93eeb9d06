//! The application's registration with the provider.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CallbackUrl, ConnectorKey, callback_url};
use crate::error::{BuildError, ValueErrorKind};
use crate::privacy::Secret;
use crate::text::{is_placeholder, visible};

/// The application's registration with the provider (RFC 6749 §2), under the connector that leads to that provider: its key
/// (`client_id`) and secret (`client_secret`), and the callback URL (`redirect_uri`) it registered.
///
/// The platform calls them `apiKey`, `apiSecret` and `callbackUrl` in the first step, and `oauth.api.key`, `oauth.api.secret`
/// and `oauth.callback.url` in the third. Being one value, they are the same in both.
///
/// ```
/// use your_moms_core::Registration;
///
/// # let (api_key, api_secret) = ("my-key", "my-secret");
/// let registration = Registration::new("instagram", api_key, api_secret, "https://app.example/callback")?
///     .scope("basic comments")
///     .parameter("siteAddress", "me.instagram.example");
/// assert_eq!(registration.connector().as_str(), "instagram");
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Registration {
    id: RegistrationId,
    api_secret: Secret,
    parameters: Vec<(String, Secret)>,
    in_body: bool,
    authorization: bool,
    oauth1: bool,
}

/// The part that is no secret, and that an authorization is started and finished with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RegistrationId {
    pub(crate) connector: ConnectorKey,
    pub(crate) api_key: String,
    #[serde(deserialize_with = "callback_url::stored")]
    pub(crate) callback_url: CallbackUrl,
}

impl Registration {
    /// A registration: the connector's key (`instagram`) or number, key and secret as the provider shows them, and the
    /// callback URL exactly as it was registered. Connector and callback URL are strings, or already validated values.
    ///
    /// # Errors
    /// [`BuildError::ConnectorKey`] and [`BuildError::CallbackUrl`] as their constructors; [`BuildError::Credential`] for a
    /// key or secret that is empty, a sample's placeholder, or has a control character.
    pub fn new<K, U>(
        connector: K,
        api_key: impl Into<String>,
        api_secret: impl Into<Secret>,
        callback_url: U,
    ) -> Result<Self, BuildError>
    where
        K: TryInto<ConnectorKey, Error: Into<BuildError>>,
        U: TryInto<CallbackUrl, Error: Into<BuildError>>,
    {
        let connector = connector.try_into().map_err(Into::into)?;
        let callback_url = callback_url.try_into().map_err(Into::into)?;
        let (api_key, api_secret) = (api_key.into(), api_secret.into());
        check("API key", &api_key)?;
        check("API secret", api_secret.expose())?;
        let id = RegistrationId { connector, api_key, callback_url };
        Ok(Self {
            id,
            api_secret,
            parameters: Vec::new(),
            in_body: false,
            authorization: false,
            oauth1: false,
        })
    }

    /// Asks for these scopes (RFC 6749 §3.3), separated by spaces, in place of the connector's own.
    pub fn scope(self, scope: impl Into<Secret>) -> Self {
        self.parameter("scope", scope)
    }

    /// Adds a parameter that some connectors need with the OAuth URL: `siteAddress`, `subdomain`, `merchantId`, …
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Asks for the OAuth URL by `POST` with a JSON body, so that the secret is in no URL and in no log of URLs. The
    /// documented form is a `GET`; deployments in use accept both. The request token of [OAuth 1.0a](Self::oauth1) is always
    /// fetched by `GET`.
    pub fn in_body(self) -> Self {
        Self { in_body: true, ..self }
    }

    /// Sends `Authorization: User …, Organization …` with the request for the OAuth URL too. The document says that it has
    /// no such header; some deployments require one.
    pub fn with_authorization(self) -> Self {
        Self { authorization: true, ..self }
    }

    /// The provider uses OAuth 1.0a: a request token is fetched first (RFC 5849 §2.1).
    pub fn oauth1(self) -> Self {
        Self { oauth1: true, ..self }
    }

    /// The connector.
    pub fn connector(&self) -> &ConnectorKey {
        &self.id.connector
    }

    /// The application's key at the provider, which is public: it stands in every authorization URL.
    pub fn api_key(&self) -> &str {
        &self.id.api_key
    }

    /// The application's secret at the provider.
    pub fn api_secret(&self) -> &Secret {
        &self.api_secret
    }

    /// Where the provider redirects the user's browser to.
    pub fn callback_url(&self) -> &CallbackUrl {
        &self.id.callback_url
    }

    pub(crate) fn id(&self) -> &RegistrationId {
        &self.id
    }

    pub(crate) fn parameters(&self) -> &[(String, Secret)] {
        &self.parameters
    }

    pub(crate) fn is_in_body(&self) -> bool {
        self.in_body
    }

    pub(crate) fn has_authorization(&self) -> bool {
        self.authorization
    }

    pub(crate) fn is_oauth1(&self) -> bool {
        self.oauth1
    }
}

fn check(name: &'static str, text: &str) -> Result<(), BuildError> {
    let kind = if text.is_empty() {
        ValueErrorKind::Empty
    } else if is_placeholder(text) {
        ValueErrorKind::Placeholder
    } else if visible::has_control(text) {
        ValueErrorKind::ControlCharacter
    } else {
        return Ok(());
    };
    Err(BuildError::Credential { name, kind })
}

/// Without the secret and without parameter values: they can be secret too.
impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("connector", &self.id.connector.as_str())
            .field("callback_url", &self.id.callback_url.as_str())
            .finish_non_exhaustive()
    }
}
