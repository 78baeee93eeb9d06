//! What core makes of the parameters of an operation.

use http::{Method, Request};
use serde::{Serialize, Serializer};
use serde_json::Value;
use your_moms_core::{
    BuildError, ConnectorKey, GetOauthUrl, Instance, InstanceRequest, InstanceTarget, InstanceToken, Json,
    ListConnectors, ListInstances, Paged as _, Ping, Platform, RequestBuilder, State, UpdateInstance,
    UpdateInstanceConfiguration,
};

use super::prints::Prints;
use super::problem::Problem;
use crate::format::message;
use crate::format::parameters as format;

impl format::GetOauthUrl {
    pub(super) fn operation(&self, prints: &mut Prints) -> Result<GetOauthUrl, Problem> {
        let state = State::new(self.state.as_str())?;
        prints.debug(&state);
        let get = GetOauthUrl::new(&self.registration.registration(prints)?, state);
        Ok(match &self.request_token {
            Some(token) => get.request_token(&token.token()?),
            None => get,
        })
    }
}

impl format::Target {
    pub(super) fn target(&self) -> InstanceTarget {
        match self {
            Self::Id(id) => InstanceTarget::from(*id),
            Self::Token(token) => InstanceTarget::from(&InstanceToken::from(token.as_str())),
        }
    }
}

impl format::OfConnector {
    pub(super) fn key(&self) -> Result<ConnectorKey, BuildError> {
        ConnectorKey::new(self.connector.as_str())
    }
}

impl format::ListInstances {
    pub(super) fn operation(&self) -> Result<ListInstances, BuildError> {
        let mut list = self.tags.iter().fold(ListInstances::new(), ListInstances::tag);
        if let Some(connector) = &self.connector {
            list = list.connector(ConnectorKey::new(connector.as_str())?);
        }
        if let Some(text) = &self.search {
            list = list.search(text);
        }
        if let Some(entries) = self.page_size {
            list = list.page_size(entries);
        }
        Ok(match &self.next_page {
            Some(next) => list.after(next),
            None => list,
        })
    }
}

impl format::ListConnectors {
    pub(super) fn operation(&self) -> ListConnectors {
        let mut list = ListConnectors::new();
        if let Some(condition) = &self.filter {
            list = list.filter(condition);
        }
        if let Some(entries) = self.page_size {
            list = list.page_size(entries);
        }
        match &self.next_page {
            Some(next) => list.after(next),
            None => list,
        }
    }
}

impl format::UpdateInstance {
    pub(super) fn operation(
        &self,
        platform: &Platform,
        prints: &mut Prints,
    ) -> Result<UpdateInstance, Problem> {
        let target = self.instance.target();
        let mut update = match &self.authorization {
            None => UpdateInstance::new(target),
            Some(authorization) => {
                let registration = authorization.finished_with(prints)?;
                authorization.verified(platform, prints)?.reauthorize(target, &registration)?
            }
        };
        if let Some(name) = &self.name {
            update = update.name(name);
        }
        if let Some(tags) = &self.tags {
            let before = serde_json::to_string(&tags.before).map_err(Problem::case)?;
            let before: Instance = serde_json::from_str(&before).map_err(Problem::case)?;
            update = update.tags(&before, &tags.after);
        }
        Ok(update)
    }
}

impl format::UpdateInstanceConfiguration {
    pub(super) fn operation(&self) -> Result<UpdateInstanceConfiguration, BuildError> {
        Ok(UpdateInstanceConfiguration::new(self.instance.target(), &self.entry, Json::new(&self.value)?))
    }
}

impl format::Ping {
    pub(super) fn operation(&self) -> Ping {
        Ping::new(&InstanceToken::from(self.token.as_str()))
    }
}

impl format::InstanceRequest {
    pub(super) fn operation(&self) -> InstanceRequest {
        let token = InstanceToken::from(self.token.as_str());
        let mut call = InstanceRequest::new(method(&self.method), &self.path, &token);
        for (name, value) in &self.query {
            call = call.query(name, value.as_str());
        }
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        if let Some(body) = &self.body {
            call = call.json_body(body);
        }
        if let Some(entries) = &self.entries {
            call = call.json_body(&Entries(entries));
        }
        if let Some(idempotent) = self.idempotent {
            call = call.idempotent(idempotent);
        }
        if self.without_organization { call.without_organization() } else { call }
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
    pub(super) fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let mut request = RequestBuilder::new(platform, method(&self.method));
        for segment in &self.segments {
            request = request.segment(segment);
        }
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        if self.with_authorization {
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
