//! Responses of the platform: what an operation makes of status, headers and body.

use http::Response;
use serde_json::Value;
use your_moms_core::{
    Answer, Call, CallbackUrl, ClientCredentials, ConfigurationEntry, ConnectorConfiguration, CreateInstance,
    Instance, InstancePage, ListInstances, OauthUrl, Operation, ResponseError, State, UncheckedOauthUrl,
};

use super::instance::view;
use super::prints::Prints;
use super::request::headers;
use super::{Cannot, error};
use crate::format::Outcome;
use crate::format::response::{
    Asked, AuthorizationUrl, Entry, Input, Json, OperationName, Output, Page, Raw,
};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    let (head, body) = input.reply.response()?.into_parts();
    let response = Response::from_parts(head, body.as_slice());
    match input.operation {
        OperationName::OauthUrl => {
            let asked = input.asked.as_ref().ok_or(Cannot("`asked` is missing".to_owned()))?.operation()?;
            let tell = |answer, prints: &mut Prints| oauth_url(answer, &asked, prints);
            told(OauthUrl::parse(response), prints, tell)
        }
        OperationName::CreateInstance => told(CreateInstance::parse(response), prints, instance),
        OperationName::ListInstances => told(ListInstances::parse(response), prints, page),
        OperationName::ConnectorConfiguration => {
            told(ConnectorConfiguration::parse(response), prints, configuration)
        }
        OperationName::Call => told(Call::parse(response), prints, raw),
        OperationName::CallJson => {
            let json = Call::parse(response).and_then(|answer| answer.json::<Value>());
            told(json, prints, |json, _| Ok(Outcome::Done(Output::Json(Json { json }))))
        }
    }
}

fn told<T>(
    result: Result<T, ResponseError>,
    prints: &mut Prints,
    tell: impl FnOnce(T, &mut Prints) -> Result<Outcome<Output>, Cannot>,
) -> Result<Outcome<Output>, Cannot> {
    match result {
        Ok(output) => tell(output, prints),
        Err(failure) => Ok(Outcome::Failed { error: error::response(failure, prints) }),
    }
}

/// Where to send the user, checked against what was asked.
pub(super) fn oauth_url(
    answer: UncheckedOauthUrl,
    asked: &OauthUrl,
    prints: &mut Prints,
) -> Result<Outcome<Output>, Cannot> {
    prints.debug(&answer);
    let key = answer.key().map(str::to_owned);
    told(answer.check(asked), prints, |url, prints| {
        prints.debug(&url);
        Ok(Outcome::Done(Output::OauthUrl(AuthorizationUrl { key, url: url.expose().to_owned() })))
    })
}

/// What was created.
#[expect(clippy::needless_pass_by_value, reason = "as the others, it takes what an operation gives")]
pub(super) fn instance(made: Instance, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    prints.debug(&made);
    Ok(Outcome::Done(Output::Instance(Box::new(view(&made)?))))
}

/// A page of instances.
pub(super) fn page(page: InstancePage, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    prints.debug(&page);
    Ok(Outcome::Done(Output::Page(Page {
        instances: page.instances.iter().map(view).collect::<Result<_, _>>()?,
        unreadable: page.unreadable.iter().map(serde_json::to_value).collect::<Result<_, _>>()?,
        next: page.next,
    })))
}

/// What a connector has to be told.
#[expect(clippy::needless_pass_by_value, clippy::unnecessary_wraps, reason = "as the others")]
pub(super) fn configuration(
    entries: Vec<ConfigurationEntry>,
    prints: &mut Prints,
) -> Result<Outcome<Output>, Cannot> {
    prints.debug(&entries);
    Ok(Outcome::Done(Output::Configuration(entries.iter().map(entry).collect())))
}

/// What a later call brings.
#[expect(clippy::needless_pass_by_value, reason = "as the others")]
pub(super) fn raw(answer: Answer, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    prints.debug(&answer);
    Ok(Outcome::Done(Output::Raw(Raw {
        status: answer.status().as_u16(),
        headers: headers(answer.headers())?,
        body: String::from_utf8_lossy(answer.body()).into_owned(),
    })))
}

fn entry(entry: &ConfigurationEntry) -> Entry {
    Entry {
        key: entry.key.clone(),
        name: entry.name.clone(),
        description: entry.description.clone(),
        default_value: entry.default_value.clone(),
        required: entry.required,
        wanted: entry.is_wanted(),
    }
}

impl Asked {
    /// Only secret and state count; the rest is what it always is.
    fn operation(&self) -> Result<OauthUrl, Cannot> {
        let client = ClientCredentials::new("key", self.api_secret.as_str())?;
        let callback_url = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
        Ok(OauthUrl::new("instagram", &client, &callback_url, &State::new(self.state.as_str())?))
    }
}
