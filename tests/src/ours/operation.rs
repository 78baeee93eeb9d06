//! The operations of a case, made from its parameters.

use std::fmt::Debug;

use http::{Method, Request};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use your_moms_core::{
    AuthorizationParts, BuildError, Call, CallbackUrl, ClientCredentials, ConnectorConfiguration,
    InstancePage, InstanceToken, ListInstances, OauthUrl, Operation, Platform, State,
};

use super::create::CreateInput;
use super::prints::Prints;

/// `operation` and `parameters` of a case.
#[derive(Deserialize)]
#[serde(tag = "operation", content = "parameters", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum OperationInput {
    OauthUrl(OauthUrlInput),
    CreateInstance(Box<CreateInput>),
    ListInstances(ListInput),
    ConnectorConfiguration(ConfigurationInput),
    Call(CallInput),
    Custom(CustomInput),
}

impl OperationInput {
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
            Self::Call(input) => build(&input.operation()?, platform, prints),
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OauthUrlInput {
    key: String,
    api_key: String,
    api_secret: String,
    callback_url: String,
    state: String,
    /// In order, and as often as they are given.
    #[serde(default)]
    parameters: Vec<(String, String)>,
    #[serde(default)]
    in_body: bool,
    #[serde(default)]
    authorized: bool,
}

impl OauthUrlInput {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListInput {
    #[serde(default)]
    tags: Vec<String>,
    next_page: Option<String>,
}

impl ListInput {
    fn operation(&self) -> ListInstances {
        let list = self.tags.iter().fold(ListInstances::new(), ListInstances::tag);
        let page = InstancePage { next: self.next_page.clone(), ..InstancePage::default() };
        list.after(&page).unwrap_or(list)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigurationInput {
    key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallInput {
    method: String,
    path: String,
    token: String,
    #[serde(default)]
    two_parts: bool,
    #[serde(default)]
    query: Vec<(String, String)>,
    body: Option<Value>,
    /// A body that is a map whose keys may be anything, entry by entry.
    entries: Option<Entries>,
}

impl CallInput {
    fn operation(&self) -> Result<Call, BuildError> {
        let token = InstanceToken::from(self.token.as_str());
        let mut call = Call::new(method(&self.method)?, &self.path, &token);
        for (name, value) in &self.query {
            call = call.query(name, value.as_str());
        }
        if let Some(body) = &self.body {
            call = call.json(body);
        }
        if let Some(entries) = &self.entries {
            call = call.json(entries);
        }
        Ok(if self.two_parts { call.authorization(AuthorizationParts::Two) } else { call })
    }
}

#[derive(Deserialize)]
struct Entries(Vec<(Value, Value)>);

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A call that core has no operation for, made with the public builder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomInput {
    method: String,
    segments: Vec<String>,
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default)]
    authorized: bool,
    body: Option<Value>,
}

impl CustomInput {
    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let mut request = platform.request(method(&self.method)?);
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

/// The schema knows the methods; another can only be a mistake there.
fn method(name: &str) -> Result<Method, BuildError> {
    let fault = "is no method";
    name.parse().map_err(|_| BuildError::Parameter { name: "method".to_owned(), fault })
}
