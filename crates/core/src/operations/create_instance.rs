//! `POST /instances`: makes an instance (the source document, Step 2).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::{fmt, iter};

use http::{Method, Request, Response};
use serde::Serialize;

use super::create_body::CreateBody;
use super::{CreateRecord, Operation};
use crate::error::{BuildError, ResponseError, ValueErrorKind};
use crate::instance::{ConfigurationValue, Instance, Json};
use crate::oauth::{CallbackUrl, ConnectorKey, Marker, Registration};
use crate::platform::Platform;
use crate::privacy::Secret;
use crate::text::{is_placeholder, noun};
use crate::wire::{FromResponse, FurtherHeaders, Path, RequestBuilder};

const CALLBACK_URL: &str = "oauth.callback.url";

/// `POST /instances`: makes an instance of a connector, exactly once.
///
/// Get it from [`Authorized::create`](crate::Authorized::create) after OAuth, and from
/// [`Client::new_instance`](crate::Client::new_instance) for a connector without; send it with
/// [`Client::create`](crate::Client::create). It carries a random tag, its marker, by which the instance is found if the
/// response is lost. It is not `Clone`, and is no [`Operation`]: nothing sends it twice.
///
/// ```
/// use your_moms_core::{Client, Credentials, Platform, transport_fn};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
/// # let transport = transport_fn(|_| unreachable!());
/// let client = Client::new(platform, transport, std::thread::sleep, getrandom::fill);
/// let create = client
///     .new_instance("helpdesk")?
///     .configuration("username", "me@example.com")
///     .configuration("password", "hunter2")
///     .require(["username", "password", "subdomain"])
///     .name("Support");
/// let error = client.create(&create).unwrap_err();
/// assert_eq!(
///     std::error::Error::source(&error).map(ToString::to_string),
///     Some("required configuration entries are missing: subdomain".to_owned())
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Neither of these compiles:
///
/// ```compile_fail,E0599
/// # fn f(create: your_moms_core::CreateInstance) {
/// let _ = create.clone();
/// # }
/// ```
/// ```compile_fail,E0277
/// # fn f<T: your_moms_core::Transport>(client: your_moms_core::Client<T>, create: your_moms_core::CreateInstance) {
/// let _ = client.call(&create); // which would send it as often as it is called
/// # }
/// ```
/// ```compile_fail,E0382
/// # use your_moms_core::{ConnectorKey, CreateInstance, Marker};
/// # fn f(key: ConnectorKey, marker: Marker) {
/// let _ = CreateInstance::new(key.clone(), marker); // one creation a marker
/// let _ = CreateInstance::new(key, marker);
/// # }
/// ```
pub struct CreateInstance(Arc<Creation>);

/// What a creation consists of, shared with the machine that sends it.
#[derive(Clone)]
pub(crate) struct Creation {
    connector: ConnectorKey,
    marker: Arc<Marker>,
    provider_data: BTreeMap<String, Secret>,
    configuration: BTreeMap<String, ConfigurationValue>,
    tags: Vec<String>,
    name: Option<String>,
    fields: BTreeMap<String, Json>,
    required: BTreeSet<String>,
    headers: FurtherHeaders,
    started_on: Option<StartedOn>,
    callback_url: Option<CallbackUrl>,
    /// Set while it may have been sent with an unknown outcome: then it is only searched for.
    sent: Arc<AtomicBool>,
}

/// The platform that something was started on, and must be finished on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub(crate) struct StartedOn {
    base_url: String,
    noun: String,
}

impl StartedOn {
    pub(crate) fn new(platform: &Platform) -> Self {
        let (base_url, noun) = (platform.base_url().to_owned(), platform.vocabulary().noun().to_owned());
        Self { base_url, noun }
    }

    pub(crate) fn check(&self, platform: &Platform) -> Result<(), BuildError> {
        let same = self.base_url == platform.base_url() && self.noun == platform.vocabulary().noun();
        if same { Ok(()) } else { Err(BuildError::OtherPlatform) }
    }
}

impl CreateInstance {
    /// An instance of this connector, for code that drives the machines itself.
    pub fn new(connector: ConnectorKey, marker: Marker) -> Self {
        Self(Arc::new(Creation {
            connector,
            marker: Arc::new(marker),
            provider_data: BTreeMap::new(),
            configuration: BTreeMap::new(),
            tags: Vec::new(),
            name: None,
            fields: BTreeMap::new(),
            required: BTreeSet::new(),
            headers: FurtherHeaders::default(),
            started_on: None,
            callback_url: None,
            sent: Arc::default(),
        }))
    }

    /// The same creation, to be sent to no other platform.
    pub(crate) fn started_on(self, started_on: StartedOn) -> Self {
        self.with(|creation| creation.started_on = Some(started_on))
    }

    /// The third step: what the redirect brought becomes `providerData`, the registration becomes configuration.
    pub(crate) fn authorized(self, registration: &Registration, parameters: Vec<(String, Secret)>) -> Self {
        let this = self
            .configuration("oauth.api.key", registration.api_key())
            .configuration("oauth.api.secret", registration.api_secret().clone())
            .configuration(CALLBACK_URL, registration.callback_url().as_str());
        this.with(|creation| {
            creation.callback_url = Some(registration.callback_url().clone());
            for (name, value) in parameters {
                // The first of several, as `Callback::get` reads them.
                creation.provider_data.entry(name).or_insert(value);
            }
        })
    }

    fn with(mut self, change: impl FnOnce(&mut Creation)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Adds a member of `providerData`: what the provider handed over.
    pub fn provider_data(self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.with(|creation| drop(creation.provider_data.insert(name.into(), value.into())))
    }

    /// Adds a configuration entry: text, a number or a boolean.
    pub fn configuration(self, key: impl Into<String>, value: impl Into<ConfigurationValue>) -> Self {
        self.with(|creation| drop(creation.configuration.insert(key.into(), value.into())))
    }

    /// Says which configuration entries there must be, so that what is missing is known before anything is sent.
    /// [`GetConnectorConfiguration`](crate::GetConnectorConfiguration) asks the platform which they are.
    pub fn require(self, keys: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|creation| creation.required.extend(keys.into_iter().map(Into::into)))
    }

    /// Adds a tag, by which instances can be listed. The marker of another creation is refused when the request is built: do
    /// not copy an instance's tags.
    pub fn tag(self, tag: impl Into<String>) -> Self {
        self.with(|creation| creation.tags.push(tag.into()))
    }

    /// Names the instance. Without a name it is named by its marker, so that it is found where a deployment drops tags.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|creation| creation.name = Some(name.into()))
    }

    /// Adds another member of the body, such as `externalAuthentication`.
    pub fn field(self, name: impl Into<String>, value: Json) -> Self {
        self.with(|creation| drop(creation.fields.insert(name.into(), value)))
    }

    /// Adds a header; see [`Operation::with_header`].
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with(|creation| creation.headers.push(name, value))
    }

    /// The connector.
    pub fn connector(&self) -> &ConnectorKey {
        &self.0.connector
    }

    /// What finds the instance again, in any process: plain data without secrets. Store it before the creation is sent.
    pub fn record(&self) -> CreateRecord {
        self.0.record()
    }

    /// The request, for code that sends it without a client: then sending it once is up to that code.
    ///
    /// # Errors
    /// [`BuildError`] when a value is missing or cannot be used.
    pub fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.0.request(platform)
    }

    /// Reads the response.
    ///
    /// # Errors
    /// [`ResponseError`] when the platform refused or redirected, or the body is not an instance; it keeps the body, which
    /// may hold the only copy of the token.
    pub fn parse(response: Response<&[u8]>) -> Result<Instance, ResponseError> {
        Creation::parse(response)
    }

    pub(crate) fn creation(&self) -> &Arc<Creation> {
        &self.0
    }
}

impl Creation {
    pub(crate) fn record(&self) -> CreateRecord {
        let started_on = self.started_on.clone();
        CreateRecord::new(self.connector.clone(), self.marker.copy(), self.name.is_none(), started_on)
    }

    pub(crate) fn sent(&self) -> &Arc<AtomicBool> {
        &self.sent
    }

    fn check(&self, platform: &Platform) -> Result<(), BuildError> {
        if let Some(started_on) = &self.started_on {
            started_on.check(platform)?;
        }
        if let Some(callback_url) = &self.callback_url {
            let given = self.configuration.get(CALLBACK_URL).and_then(ConfigurationValue::as_text);
            if given != Some(callback_url.as_str()) {
                return Err(BuildError::OtherRegistration);
            }
        }
        let own = ["providerData", "configuration", "tags", "name", platform.vocabulary().noun()];
        let taken = |name: &&String| own.contains(&name.as_str()) || noun::KNOWN.contains(&name.as_str());
        if let Some(name) = self.fields.keys().find(taken) {
            return Err(BuildError::Parameter { name: name.clone(), kind: ValueErrorKind::Reserved });
        }
        // Copied from another instance, its marker would make this one pass for that.
        let named =
            self.name.iter().map(|name| ("name", name)).chain(self.tags.iter().map(|tag| ("tags", tag)));
        if let Some((member, _)) = named.into_iter().find(|(_, text)| Marker::is_one(text)) {
            return Err(BuildError::Parameter { name: member.to_owned(), kind: ValueErrorKind::Marker });
        }
        let empty = |key: &&String| self.configuration.get(*key).is_none_or(ConfigurationValue::is_empty);
        let missing: Vec<String> = self.required.iter().filter(empty).cloned().collect();
        let placeholders = self.placeholders();
        if missing.is_empty() && placeholders.is_empty() {
            Ok(())
        } else {
            Err(BuildError::Incomplete { missing, placeholders })
        }
    }

    /// Every member of the body that still holds a sample's placeholder.
    fn placeholders(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, value) in &self.provider_data {
            if is_placeholder(value.expose()) {
                found.push(format!("providerData.{name}"));
            }
        }
        for (key, value) in &self.configuration {
            if value.as_text().is_some_and(is_placeholder) {
                found.push(format!("configuration.{key}"));
            }
        }
        found.extend(self.tags.iter().filter(|tag| is_placeholder(tag)).map(|_| "tags".to_owned()));
        found.extend(self.name.iter().filter(|name| is_placeholder(name)).map(|_| "name".to_owned()));
        let fields = self.fields.iter().filter(|(_, value)| value.any_text(is_placeholder));
        found.extend(fields.map(|(name, _)| name.clone()));
        found
    }
}

impl Operation for Creation {
    type Output = Instance;
    const NAME: &'static str = "create-instance";

    /// Each request makes an instance, and burns the code it carries.
    fn idempotent(&self) -> bool {
        false
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.check(platform)?;
        let body = CreateBody {
            noun: platform.vocabulary().noun(),
            connector: &self.connector,
            provider_data: &self.provider_data,
            configuration: &self.configuration,
            tags: &self.tags,
            marker: self.marker.as_str(),
            name: self.name.as_deref(),
            fields: &self.fields,
        };
        let mut request =
            RequestBuilder::to(platform, Method::POST, Path::Segments(&["instances"]), iter::empty())
                .authorize_platform()
                .json(&body)
                .build()?;
        self.headers.add_to(request.headers_mut())?;
        Ok(request)
    }

    fn parse(response: Response<&[u8]>) -> Result<Instance, ResponseError> {
        FromResponse::from_response(&response)
    }
}

/// Without values: any of them may be a secret.
impl fmt::Debug for CreateInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateInstance")
            .field("connector", &self.0.connector.as_str())
            .field("marker", &self.0.marker)
            .finish_non_exhaustive()
    }
}
