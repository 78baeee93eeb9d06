//! The platform's API: what holds for every call. Each call has a file of its own.

use std::time::SystemTime;

use http::header::ACCEPT;
use http::{HeaderMap, Request, Response, StatusCode};
use serde_json::{Map, Value};

use crate::answer::{Refusal, is_content_type};
use crate::authorization::{self, Proven};
use crate::catalogue::{self, Connector};
use crate::instance::Instance;
use crate::noun::Noun;
use crate::params::Params;
use crate::route::{Call, Target};
use crate::sandbox::Sandbox;

mod connectors;
mod create;
mod instances;
mod oauth_url;
mod page;
mod resource;

/// One request to the platform, with what every handler wants to know.
pub(crate) struct Ask<'a> {
    pub(crate) noun: Noun,
    pub(crate) request: &'a Request<&'a [u8]>,
    pub(crate) now: SystemTime,
    /// The connection is reset while the work is done.
    pub(crate) interrupted: bool,
}

type Answer = Result<Response<Vec<u8>>, Refusal>;

impl Sandbox {
    pub(crate) fn platform(&mut self, ask: &Ask<'_>, target: &Target, call: Call) -> Answer {
        if !accepts_json(ask.request.headers()) {
            return Err(Refusal::new(
                StatusCode::NOT_ACCEPTABLE,
                "The platform answers application/json only.",
            ));
        }
        match target {
            Target::OauthUrl(key) => self.oauth_url(ask, key),
            Target::Connectors => self.list_connectors(ask),
            Target::Connector(key) => self.connector(ask, key),
            Target::Configuration(key) => self.connector_configuration(ask, key),
            Target::ConnectorInstances(key) => self.create_instance(ask, Some(key)),
            Target::Instances => match call {
                Call::CreateInstance => self.create_instance(ask, None),
                Call::DeleteInstance => self.delete_own_instance(ask),
                _ => self.list_instances(ask),
            },
            Target::Instance(id) if call == Call::DeleteInstance => self.delete_instance(ask, id),
            Target::Instance(id) => self.show_instance(ask, id),
            Target::Ping => self.ping(ask),
            Target::Resource(path) => self.resource(ask, path),
        }
    }

    /// What the `Authorization` header proves; 401 if anything in it is wrong.
    fn proven(&self, ask: &Ask<'_>) -> Result<Proven, Refusal> {
        let instance_of = |token: &str| self.instances.values().find(|it| it.token == token).map(|it| it.id);
        authorization::proven(ask.request.headers(), ask.noun, &self.credentials, instance_of)
            .ok_or_else(|| Refusal::unauthorized(ask.noun))
    }

    /// A call about the application's own account: user and organization.
    fn platform_call(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let proven = self.proven(ask)?;
        if proven.organization { Ok(()) } else { Err(Refusal::unauthorized(ask.noun)) }
    }

    /// A call with an instance: user and token, with or without the organization.
    fn instance_call(&self, ask: &Ask<'_>) -> Result<&Instance, Refusal> {
        let id = self.proven(ask)?.instance;
        id.and_then(|id| self.instances.get(&id)).ok_or_else(|| Refusal::unauthorized(ask.noun))
    }
}

impl Ask<'_> {
    fn query(&self) -> Params {
        Params::from_form(self.request.uri().query().unwrap_or_default().as_bytes())
    }

    /// The body, which has to be a JSON object. What is wrong is said without quoting it: it may be a secret.
    fn json_object(&self) -> Result<Map<String, Value>, Refusal> {
        if !is_content_type(self.request.headers(), "application/json") {
            let message = "The Content-Type of the request body must be application/json.";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
        match serde_json::from_slice(self.request.body()) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Refusal::bad_request("The request body must be a JSON object.")),
            Err(error) => Err(Refusal::bad_request(format!(
                "The request body is not valid JSON: line {}, column {}.",
                error.line(),
                error.column()
            ))),
        }
    }

    fn connector(&self, key_or_id: &str) -> Result<&'static Connector, Refusal> {
        let noun = self.noun.singular();
        catalogue::find(key_or_id).ok_or_else(|| {
            Refusal::not_found(format!("No {noun} found with this key or id. GET /{noun}s lists all."))
        })
    }
}

/// RFC 9110 §12.5.1, as far as one media type needs it.
fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|range| !range.trim().is_empty())
        .peekable();
    ranges.peek().is_none() || ranges.any(is_range_of_json)
}

fn is_range_of_json(range: &str) -> bool {
    let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
    let fits =
        parts.next().is_some_and(|it| ["*/*", "application/*", "application/json"].contains(&it.as_str()));
    let weight = parts.find_map(|part| part.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok()));
    fits && weight.unwrap_or(1.0) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_is_read_as_a_list_of_ranges_with_weights() {
        let accepts = |value: &str| accepts_json(&HeaderMap::from_iter([(ACCEPT, value.parse().unwrap())]));
        assert!(accepts_json(&HeaderMap::new()));
        for value in ["", "*/*", "application/*", "Application/JSON", "text/html, application/json;q=0.1"] {
            assert!(accepts(value), "{value}");
        }
        for value in ["text/html", "application/xml, text/*", "application/json;q=0", "application/jsonp"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
