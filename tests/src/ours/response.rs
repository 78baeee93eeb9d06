//! Answers of the platform: what an operation makes of status, headers and body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use your_moms_core::{
    Answer, Call, CallbackUrl, ClientCredentials, ConfigurationEntry, ConnectorConfiguration, CreateInstance,
    ListInstances, OauthUrl, Operation, ResponseError, State,
};

use super::prints::Prints;
use super::request::headers;
use super::{Cannot, error, instance};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    operation: OperationName,
    /// What the first step asked for; its answer is held against it.
    asked: Option<Asked>,
    answer: AnswerInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OperationName {
    OauthUrl,
    CreateInstance,
    ListInstances,
    ConnectorConfiguration,
    Call,
    /// A later call whose answer is read as JSON.
    CallJson,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    api_secret: String,
    state: String,
}

/// An answer as it came.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerInput {
    status: u16,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: Body,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum Body {
    #[default]
    Empty,
    Json(Value),
    Text(String),
    Base64(String),
}

impl AnswerInput {
    pub(super) fn response(&self) -> Result<Response<Vec<u8>>, Cannot> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        Ok(response.body(match &self.body {
            Body::Empty => Vec::new(),
            Body::Json(value) => serde_json::to_vec(value)?,
            Body::Text(text) => text.clone().into_bytes(),
            Body::Base64(text) => STANDARD.decode(text).map_err(|error| Cannot(error.to_string()))?,
        })?)
    }
}

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Value, Cannot> {
    let response = input.answer.response()?;
    let (head, body) = response.into_parts();
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
                prints.debug(url);
                Ok(json!({ "key": key, "url": url.expose() }))
            })
        }
        OperationName::CreateInstance => told(CreateInstance::parse(response), prints, |made, prints| {
            prints.debug(made);
            instance::view(made)
        }),
        OperationName::ListInstances => told(ListInstances::parse(response), prints, |page, prints| {
            prints.debug(page);
            let instances = page.instances.iter().map(instance::view).collect::<Result<Vec<_>, _>>()?;
            Ok(json!({ "instances": instances, "unreadable": page.unreadable, "next": page.next }))
        }),
        OperationName::ConnectorConfiguration => {
            told(ConnectorConfiguration::parse(response), prints, |entries, prints| {
                prints.debug(entries);
                Ok(entries.iter().map(entry).collect())
            })
        }
        OperationName::Call => told(Call::parse(response), prints, |answer, prints| {
            prints.debug(answer);
            let body = String::from_utf8_lossy(answer.body());
            Ok(
                json!({ "status": answer.status().as_u16(), "headers": headers(answer.headers())?, "body": body }),
            )
        }),
        OperationName::CallJson => {
            told(Call::parse(response).and_then(|answer| read(&answer)), prints, |value: &Value, _| {
                Ok(json!({ "json": value }))
            })
        }
    }
}

fn read(answer: &Answer) -> Result<Value, ResponseError> {
    answer.json()
}

fn told<T>(
    result: Result<T, ResponseError>,
    prints: &mut Prints,
    tell: impl FnOnce(&T, &mut Prints) -> Result<Value, Cannot>,
) -> Result<Value, Cannot> {
    match result {
        Ok(output) => tell(&output, prints),
        Err(fault) => Ok(json!({ "error": error::response(fault, prints) })),
    }
}

fn entry(entry: &ConfigurationEntry) -> Value {
    json!({
        "key": entry.key,
        "name": entry.name,
        "description": entry.description,
        "default_value": entry.default_value,
        "required": entry.required,
        "wanted": entry.is_wanted(),
    })
}

impl Asked {
    /// Only secret and state count; the rest is what it always is.
    fn operation(&self) -> Result<OauthUrl, Cannot> {
        let client = ClientCredentials::new("key", self.api_secret.as_str())?;
        let callback_url = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
        Ok(OauthUrl::new("instagram", &client, &callback_url, &State::new(self.state.as_str())?))
    }
}
