//! The creation of an instance: by itself, or as the last step of a connection.

use std::time::UNIX_EPOCH;

use your_moms_core::{
    BuildError, Callback, CallbackUrl, ClientCredentials, CreateInstance, Json, Pending, Platform, State,
};

use super::prints::Prints;
use crate::format::operation::{Connection, CreateInstance as CreateInput};

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

impl Connection {
    fn finish(
        &self,
        key: &str,
        platform: &Platform,
        prints: &mut Prints,
    ) -> Result<CreateInstance, BuildError> {
        let client = ClientCredentials::new(self.api_key.as_str(), self.api_secret.as_str())?;
        let callback_url = CallbackUrl::new(self.callback_url.as_str())?;
        let state = State::new(self.state.as_str())?;
        let begun_on = self.begun_on.as_ref().map(super::platform::platform).transpose()?;
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
