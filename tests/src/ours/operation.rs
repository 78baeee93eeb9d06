//! The operations of a case, made from its parameters.

use std::fmt::Debug;

use http::{Method, Request};
use serde::{Serialize, Serializer};
use serde_json::Value;
use your_moms_core::{
    AuthorizationParts, BuildError, Call, CallbackUrl, ClientCredentials, ConnectorConfiguration,
    InstancePage, InstanceToken, ListInstances, OauthUrl, Operation, Platform, State,
};

use super::prints::Prints;
use crate::format::message;
use crate::format::operation as format;

impl format::Operation {
    /// The request, as core builds it.
    pub(super) fn request(
        &self,
        platform: &Platform,
        prints: &mut Prints,
    ) -> Result<Request<Vec<u8>>, BuildError> {
        match self {
            Self::OauthUrl(input) => build(&input.operation()?, platform, prints),
            Self::CreateInstance(input) => build(&input.operation(platform, prints)?, platform, prints),
            Self::ListInstances(input) => build(&input.operation(), platform, prints),
            Self::ConnectorConfiguration(input) => {
                build(&ConnectorConfiguration::new(&input.key), platform, prints)
            }
            Self::Call(input) => build(&input.operation(), platform, prints),
            Self::Custom(input) => input.request(platform),
        }
    }
}

fn build<O: Operation + Debug>(
    operation: &O,
    platform: &Platform,
    prints: &mut Prints,
) -> Result<Request<Vec<u8>>, BuildError> {
    prints.debug(operation);
    operation.request(platform)
}

impl format::OauthUrl {
    pub(super) fn operation(&self) -> Result<OauthUrl, BuildError> {
        let client = ClientCredentials::new(self.api_key.as_str(), self.api_secret.as_str())?;
        let callback_url = CallbackUrl::new(self.callback_url.as_str())?;
        let mut ask = OauthUrl::new(&self.key, &client, &callback_url, &State::new(self.state.as_str())?);
        for (name, value) in &self.parameters {
            ask = ask.parameter(name, value.as_str());
        }
        let ask = if self.in_body { ask.in_body() } else { ask };
        Ok(if self.authorized { ask.authorized() } else { ask })
    }
}

impl format::ListInstances {
    pub(super) fn operation(&self) -> ListInstances {
        let list = self.tags.iter().fold(ListInstances::new(), ListInstances::tag);
        let page = InstancePage { next: self.next_page.clone(), ..InstancePage::default() };
        list.after(&page).unwrap_or(list)
    }
}

impl format::Call {
    pub(super) fn operation(&self) -> Call {
        let token = InstanceToken::from(self.token.as_str());
        let mut call = Call::new(method(&self.method), &self.path, &token);
        for (name, value) in &self.query {
            call = call.query(name, value.as_str());
        }
        if let Some(body) = &self.body {
            call = call.json(body);
        }
        if let Some(entries) = &self.entries {
            call = call.json(&Entries(entries));
        }
        if self.two_parts { call.authorization(AuthorizationParts::Two) } else { call }
    }
}

/// A map whose keys may be anything.
struct Entries<'a>(&'a [(Value, Value)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl format::Custom {
    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let mut request = platform.request(method(&self.method));
        for segment in &self.segments {
            request = request.segment(segment);
        }
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        if self.authorized {
            request = request.authorize_platform();
        }
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        request.build()
    }
}

pub(super) fn method(method: &message::Method) -> Method {
    match method {
        message::Method::Get => Method::GET,
        message::Method::Post => Method::POST,
        message::Method::Put => Method::PUT,
        message::Method::Patch => Method::PATCH,
        message::Method::Delete => Method::DELETE,
    }
}
