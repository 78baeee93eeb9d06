//! `POST /instances`: the source document's Step 2.

use serde_json::{Map, Value};

use super::instances::instance_response;
use super::{Answer, Ask};
use crate::answer::Refusal;
use crate::catalogue::Connector;
use crate::instance::Instance;
use crate::provider::TokenRequest;
use crate::sandbox::Sandbox;

type Object = Map<String, Value>;

impl Sandbox {
    /// `in_path` is the connector in `POST /{nouns}/{keyOrId}/instances`, where the body need not name it.
    pub(super) fn create_instance(&mut self, ask: &Ask<'_>, in_path: Option<&str>) -> Answer {
        self.platform_call(ask)?;
        let body = ask.json_object()?;
        let connector = chosen_connector(ask, &body, in_path)?;
        let given = object(&body, "configuration")?;
        check_configuration(connector, &given)?;
        let tags = tags(&body)?;
        let name = match body.get("name") {
            None | Some(Value::Null) => connector.name.to_owned(),
            Some(Value::String(name)) => name.clone(),
            Some(_) => return Err(Refusal::bad_request("name must be a string.")),
        };

        let mut configuration: Object =
            connector.defaults().map(|(key, value)| (key.to_owned(), Value::from(value))).collect();
        configuration.extend(given);
        // Last, since it spends the code: whatever else is wrong with the request leaves the code usable.
        if connector.oauth.is_some() {
            let access_token = self.redeem(ask, connector, &body, &configuration)?;
            configuration.insert("oauth.user.token".to_owned(), Value::String(access_token));
        }
        if ask.interrupted {
            return Err(Refusal::bad_request("The connection was reset."));
        }

        let id = self.next_instance_id;
        self.next_instance_id += 1;
        let token = self.random.secret("instance-token");
        let instance = Instance { id, name, token, connector, configuration, tags };
        let response = instance_response(&instance, ask.noun);
        self.instances.insert(id, instance);
        Ok(response)
    }

    fn redeem(
        &mut self,
        ask: &Ask<'_>,
        connector: &Connector,
        body: &Object,
        configuration: &Object,
    ) -> Result<String, Refusal> {
        let provider_data = object(body, "providerData")?;
        let noun = ask.noun.singular();
        let code = text(&provider_data, "code").ok_or_else(|| {
            Refusal::bad_request(format!(
                "You must provide an OAuth code in order to create an instance of this {noun}"
            ))
        })?;
        let request = TokenRequest {
            client_id: text(configuration, "oauth.api.key").unwrap_or_default(),
            client_secret: text(configuration, "oauth.api.secret").unwrap_or_default(),
            code,
            redirect_uri: text(configuration, "oauth.callback.url").unwrap_or_default(),
        };
        self.provider.redeem(connector, &request, ask.now, &mut self.random).map_err(|error| {
            Refusal::by_provider(
                format!("{} refused to exchange the OAuth code for a token.", connector.name),
                error.to_json(),
            )
        })
    }
}

/// By `{noun}.key` or `{noun}.id` in the body, or by the path; both must mean the same.
fn chosen_connector(
    ask: &Ask<'_>,
    body: &Object,
    in_path: Option<&str>,
) -> Result<&'static Connector, Refusal> {
    let noun = ask.noun.singular();
    let named = object(body, noun)?;
    let in_body = match (named.get("key"), named.get("id")) {
        (Some(Value::String(key)), _) => Some(ask.connector(key)?),
        (None, Some(Value::Number(id))) => Some(ask.connector(&id.to_string())?),
        (None, None) => None,
        _ => {
            return Err(Refusal::bad_request(format!(
                "{noun}.key must be a string, and {noun}.id a number."
            )));
        }
    };
    match (in_path.map(|key| ask.connector(key)).transpose()?, in_body) {
        (Some(path), Some(body)) if path.id != body.id => {
            Err(Refusal::bad_request(format!("The {noun} in the path is not the {noun} in the body.")))
        }
        (Some(connector), _) | (None, Some(connector)) => Ok(connector),
        (None, None) => {
            Err(Refusal::bad_request(format!("You must provide {noun}.key to create an instance.")))
        }
    }
}

/// "An error will result notifying her of which entries she is missing."
fn check_configuration(connector: &Connector, given: &Object) -> Result<(), Refusal> {
    if given.values().any(|value| value.is_object() || value.is_array()) {
        return Err(Refusal::bad_request(
            "The values in configuration must be strings, numbers, booleans or null.",
        ));
    }
    let missing: Vec<_> = connector.required_entries().filter(|key| text(given, key).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("Missing required configuration entries: {}.", missing.join(", "))))
}

fn tags(body: &Object) -> Result<Vec<String>, Refusal> {
    let wrong = || Refusal::bad_request("tags must be an array of strings.");
    match body.get("tags") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(tags)) => {
            tags.iter().map(|tag| tag.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// The object under `name`; an empty one if it is left out.
fn object(body: &Object, name: &str) -> Result<Object, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(Object::new()),
        Some(Value::Object(object)) => Ok(object.clone()),
        Some(_) => Err(Refusal::bad_request(format!("{name} must be a JSON object."))),
    }
}

/// A string that is not blank.
fn text<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}
