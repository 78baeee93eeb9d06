//! `POST /instances`: makes an instance (the source document, Step 2).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use http::{Method, Request, Response};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::placeholder::is_placeholder;
use crate::value::Json;
use crate::{
    BuildError, Callback, CallbackUrl, ClientCredentials, ConfigurationValue, Instance, Operation, Platform,
    ResponseError, Secret, json, noun,
};

const CALLBACK_URL: &str = "oauth.callback.url";

/// Makes an instance of a connector.
///
/// After OAuth, get it from [`Pending::finish`](crate::Pending::finish), which knows the callback URL and the key. For a
/// connector without OAuth, begin here:
///
/// ```
/// use your_moms_core::{CreateInstance, Credentials, Operation, Platform};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let create = CreateInstance::new("helpdesk")
///     .configuration("username", "me@example.com")
///     .configuration("password", "hunter2")
///     .require(["username", "password", "subdomain"])
///     .name("Support");
/// let error = create.request(&platform).unwrap_err();
/// assert_eq!(error.to_string(), "required configuration entries are missing: subdomain");
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone)]
pub struct CreateInstance {
    key: String,
    provider_data: BTreeMap<String, Secret>,
    configuration: BTreeMap<String, ConfigurationValue>,
    tags: Vec<String>,
    name: Option<String>,
    fields: BTreeMap<String, Json>,
    required: BTreeSet<String>,
    /// What OAuth settled, and may not be changed any more.
    begun: Option<Begun>,
}

/// The connection that this creation finishes.
#[derive(Clone)]
pub(crate) struct Begun {
    pub(crate) callback_url: CallbackUrl,
    /// Whether the redirect was read with this connection's state.
    pub(crate) same_state: bool,
    pub(crate) base_url: String,
    pub(crate) noun: String,
}

impl CreateInstance {
    /// An instance of the connector with this key (`instagram`).
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            provider_data: BTreeMap::new(),
            configuration: BTreeMap::new(),
            tags: Vec::new(),
            name: None,
            fields: BTreeMap::new(),
            required: BTreeSet::new(),
            begun: None,
        }
    }

    /// The third step: whatever the redirect brought becomes `providerData`, and the callback URL is that of the first.
    pub(crate) fn authorized(
        key: &str,
        begun: Begun,
        callback: &Callback,
        client: &ClientCredentials,
    ) -> Self {
        let mut create = Self::new(key)
            .configuration("oauth.api.key", client.api_key())
            .configuration("oauth.api.secret", client.api_secret().clone())
            .configuration(CALLBACK_URL, begun.callback_url.as_str());
        for (name, value) in callback.parameters() {
            // The first of several, as `Callback::get` reads them.
            create.provider_data.entry(name.to_owned()).or_insert_with(|| value.clone());
        }
        create.begun = Some(begun);
        create
    }

    /// Adds a member of `providerData`: what the provider handed over.
    pub fn provider_data(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.provider_data.insert(name.into(), value.into());
        self
    }

    /// Adds a configuration entry: text, a number or a boolean.
    pub fn configuration(mut self, key: impl Into<String>, value: impl Into<ConfigurationValue>) -> Self {
        self.configuration.insert(key.into(), value.into());
        self
    }

    /// Says which configuration entries there must be, so that what is missing is known before anything is sent.
    /// [`ConnectorConfiguration`](crate::ConnectorConfiguration) asks the platform which they are.
    pub fn require(mut self, keys: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.required.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Adds a tag, by which instances can be listed.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Names the instance.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds another member of the body, such as `externalAuthentication`.
    pub fn field(mut self, name: impl Into<String>, value: Json) -> Self {
        self.fields.insert(name.into(), value);
        self
    }

    /// The connector's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    fn check(&self, platform: &Platform) -> Result<(), BuildError> {
        if let Some(begun) = &self.begun {
            if !begun.same_state {
                let fault =
                    "is not the one of the redirect; finish the connection that the redirect was read with";
                return Err(BuildError::State { fault });
            }
            if begun.base_url != platform.base_url() || begun.noun != platform.vocabulary().noun() {
                return Err(BuildError::OtherPlatform);
            }
            let callback_url = self.configuration.get(CALLBACK_URL).and_then(ConfigurationValue::as_text);
            if callback_url != Some(begun.callback_url.as_str()) {
                let fault = "differs from the one of the first step; leave `oauth.callback.url` alone";
                return Err(BuildError::CallbackUrl { fault });
            }
        }
        if self.key.is_empty() {
            return Err(BuildError::Parameter {
                name: "key".to_owned(),
                fault: "is empty; name a connector",
            });
        }
        let own = ["providerData", "configuration", "tags", "name", platform.vocabulary().noun()];
        let taken = |name: &&String| own.contains(&name.as_str()) || noun::KNOWN.contains(&name.as_str());
        if let Some(name) = self.fields.keys().find(taken) {
            let fault = "has a place of its own; give it there";
            return Err(BuildError::Parameter { name: name.clone(), fault });
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

    /// Every member of the body that still holds a sample's blank.
    fn placeholders(&self) -> Vec<String> {
        let provider_data =
            self.provider_data.iter().map(|(name, value)| (format!("providerData.{name}"), value.expose()));
        let configuration = self.configuration.iter();
        let configuration =
            configuration.filter_map(|(key, value)| Some((format!("configuration.{key}"), value.as_text()?)));
        let tags = self.tags.iter().map(|tag| ("tags".to_owned(), tag.as_str()));
        let name = self.name.iter().map(|name| ("name".to_owned(), name.as_str()));
        let key = [("key".to_owned(), self.key.as_str())];
        let members = key.into_iter().chain(provider_data).chain(configuration).chain(tags).chain(name);
        let members = members.filter(|(_, text)| is_placeholder(text)).map(|(member, _)| member);
        let fields = self.fields.iter().filter(|(_, value)| value.any_text(is_placeholder));
        members.chain(fields.map(|(name, _)| name.clone())).collect()
    }
}

impl Operation for CreateInstance {
    type Output = Instance;
    const NAME: &'static str = "create-instance";

    /// Each request makes an instance, and burns the code it carries.
    fn idempotent(&self) -> bool {
        false
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.check(platform)?;
        let body = Body { create: self, noun: platform.vocabulary().noun() };
        platform.request(Method::POST).segment("instances").authorize_platform().json(&body).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Instance, ResponseError> {
        json::read(&response)
    }
}

/// The body of the request: the source document's `instance.json`.
struct Body<'a> {
    create: &'a CreateInstance,
    noun: &'a str,
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let create = self.create;
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry(self.noun, &BTreeMap::from([("key", &create.key)]))?;
        if !create.provider_data.is_empty() {
            let exposed: BTreeMap<_, _> =
                create.provider_data.iter().map(|(name, value)| (name, value.expose())).collect();
            members.serialize_entry("providerData", &exposed)?;
        }
        if !create.configuration.is_empty() {
            members.serialize_entry("configuration", &create.configuration)?;
        }
        if !create.tags.is_empty() {
            members.serialize_entry("tags", &create.tags)?;
        }
        if let Some(name) = &create.name {
            members.serialize_entry("name", name)?;
        }
        for (name, value) in &create.fields {
            members.serialize_entry(name, value)?;
        }
        members.end()
    }
}

/// Names only: any value may be a secret.
impl fmt::Debug for CreateInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateInstance")
            .field("key", &self.key)
            .field("provider_data", &self.provider_data.keys().collect::<Vec<_>>())
            .field("configuration", &self.configuration.keys().collect::<Vec<_>>())
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}
