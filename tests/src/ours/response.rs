//! Responses of the platform: what an operation makes of status, headers and body.

use http::Response;
use serde_json::Value;
use your_moms_core::{
    Call, CallbackUrl, ClientCredentials, ConfigurationEntry, ConnectorConfiguration, CreateInstance,
    ListInstances, OauthUrl, Operation, ResponseError, State,
};

use super::prints::Prints;
use super::request::headers;
use super::{Cannot, error, instance};
use crate::format::Outcome;
use crate::format::response::{
    Asked, AuthorizationUrl, Entry, Input, Json, OperationName, Output, Page, Raw,
};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    let (head, body) = input.answer.response()?.into_parts();
    let response = Response::from_parts(head, body.as_slice());
    match input.operation {
        OperationName::OauthUrl => {
            let asked = input.asked.as_ref().ok_or(Cannot("`asked` is missing".to_owned()))?.operation()?;
            let url = OauthUrl::parse(response).and_then(|answer| {
                prints.debug(&answer);
                let key = answer.key().map(str::to_owned);
                Ok((key, answer.check(&asked)?))
            });
            told(url, prints, |(key, url), prints| {
                prints.debug(&url);
                Ok(Output::OauthUrl(AuthorizationUrl { key, url: url.expose().to_owned() }))
            })
        }
        OperationName::CreateInstance => told(CreateInstance::parse(response), prints, |made, prints| {
            prints.debug(&made);
            Ok(Output::Instance(Box::new(instance::view(&made)?)))
        }),
        OperationName::ListInstances => told(ListInstances::parse(response), prints, |page, prints| {
            prints.debug(&page);
            Ok(Output::Page(Page {
                instances: page.instances.iter().map(instance::view).collect::<Result<_, _>>()?,
                unreadable: page.unreadable.iter().map(serde_json::to_value).collect::<Result<_, _>>()?,
                next: page.next,
            }))
        }),
        OperationName::ConnectorConfiguration => {
            told(ConnectorConfiguration::parse(response), prints, |entries, prints| {
                prints.debug(&entries);
                Ok(Output::Configuration(entries.iter().map(entry).collect()))
            })
        }
        OperationName::Call => told(Call::parse(response), prints, |answer, prints| {
            prints.debug(&answer);
            Ok(Output::Raw(Raw {
                status: answer.status().as_u16(),
                headers: headers(answer.headers())?,
                body: String::from_utf8_lossy(answer.body()).into_owned(),
            }))
        }),
        OperationName::CallJson => {
            let json = Call::parse(response).and_then(|answer| answer.json::<Value>());
            told(json, prints, |json, _| Ok(Output::Json(Json { json })))
        }
    }
}

fn told<T>(
    result: Result<T, ResponseError>,
    prints: &mut Prints,
    tell: impl FnOnce(T, &mut Prints) -> Result<Output, Cannot>,
) -> Result<Outcome<Output>, Cannot> {
    Ok(match result {
        Ok(output) => Outcome::Done(tell(output, prints)?),
        Err(failure) => Outcome::Failed { error: error::response(failure, prints) },
    })
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
