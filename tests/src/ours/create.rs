//! The creation of an instance: by itself, or as the last step of a connection.

use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use serde::Deserialize;
use serde_json::Value;
use your_moms_core::{
    BuildError, Callback, CallbackUrl, ClientCredentials, CreateInstance, Json, Pending, Platform, State,
};

use super::platform::PlatformInput;
use super::prints::Prints;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateInput {
    key: String,
    finishes: Option<ConnectionInput>,
    #[serde(default)]
    provider_data: BTreeMap<String, String>,
    #[serde(default)]
    configuration: BTreeMap<String, Value>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    name: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, Value>,
}

impl CreateInput {
    pub(super) fn operation(
        &self,
        platform: &Platform,
        prints: &mut Prints,
    ) -> Result<CreateInstance, BuildError> {
        let mut create = match &self.finishes {
            Some(connection) => connection.finish(&self.key, platform, prints)?,
            None => CreateInstance::new(&self.key),
        };
        for (name, value) in &self.provider_data {
            create = create.provider_data(name, value.as_str());
        }
        for (key, value) in &self.configuration {
            create = create.configuration(key, Json::new(value)?);
        }
        for tag in &self.tags {
            create = create.tag(tag);
        }
        for (name, value) in &self.fields {
            create = create.field(name, Json::new(value)?);
        }
        let create = create.require(&self.required);
        Ok(match &self.name {
            Some(name) => create.name(name),
            None => create,
        })
    }
}

/// A connection from its first step to the redirect.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConnectionInput {
    /// Where it was begun; on the platform of the case where nothing is said.
    begun_on: Option<PlatformInput>,
    api_key: String,
    api_secret: String,
    callback_url: String,
    state: String,
    redirect: String,
    /// The state of another connection, by which the redirect was read.
    read_with_state: Option<String>,
}

impl ConnectionInput {
    fn finish(
        &self,
        key: &str,
        platform: &Platform,
        prints: &mut Prints,
    ) -> Result<CreateInstance, BuildError> {
        let client = ClientCredentials::new(self.api_key.as_str(), self.api_secret.as_str())?;
        let callback_url = CallbackUrl::new(self.callback_url.as_str())?;
        let state = State::new(self.state.as_str())?;
        let begun_on = self.begun_on.as_ref().map(PlatformInput::platform).transpose()?;
        let begun_on = begun_on.as_ref().unwrap_or(platform);
        let (ask, pending) = Pending::begin(begun_on, key, &client, &callback_url, state, UNIX_EPOCH);
        prints.debug(&(&client, &ask, &pending));
        // A redirect that cannot be read is a mistake of the case: redirects have a group of their own.
        let fault = "cannot be read";
        let unread = |_| BuildError::Parameter { name: "redirect".to_owned(), fault };
        let callback = match &self.read_with_state {
            None => pending.read(&self.redirect, UNIX_EPOCH),
            Some(other) => Callback::parse(&self.redirect, &State::new(other.as_str())?),
        };
        let callback = callback.map_err(unread)?;
        prints.debug(&callback);
        Ok(pending.finish(&callback, &client))
    }
}
