//! `GET` and `POST /{nouns}/{keyOrId}/oauth/url`: the source document's Step 1.

use http::Method;
use http::header::AUTHORIZATION;
use serde_json::json;

use super::{Incoming, Outcome, Platform};
use crate::account::AccountId;
use crate::catalogue::{Connector, Protocol};
use crate::params::Params;
use crate::provider;
use crate::response::{Refusal, json_response};

impl Platform {
    /// `GET` has the parameters in the query; `POST` has them in a JSON body, which keeps the secret out of the URL.
    pub(super) fn oauth_url(&self, incoming: &Incoming<'_>, key: &str, origin: &str) -> Outcome {
        let account = self.optional_credentials(incoming)?;
        let connector = self.known(incoming, account, key)?;
        let Some(protocol) = connector.protocol() else {
            let entries = connector.required_entries().collect::<Vec<_>>().join(", ");
            return Err(Refusal::bad_request(format!(
                "{} has {} authentication and no OAuth URL. Create the instance with the configuration entries \
                 {entries}.",
                connector.name,
                connector.authentication()
            )));
        };
        let params = if incoming.request.method() == Method::POST {
            Params::from_json(&incoming.json_object()?)
        } else {
            incoming.query()
        };
        let query = match protocol {
            Protocol::Oauth2 => oauth2_query(&connector, &params)?,
            Protocol::Oauth1 => oauth1_query(&connector, &params)?,
        };
        let oauth_url = format!("{origin}{}?{query}", provider::path(&connector));
        Ok(json_response(&json!({ "oauthUrl": oauth_url, incoming.noun.singular(): connector.key })))
    }

    /// The call is documented without credentials; live clients send them all the same, and then they count.
    /// A private connector shows to those of its account only.
    pub(super) fn optional_credentials(&self, incoming: &Incoming<'_>) -> Result<Option<AccountId>, Refusal> {
        let given = incoming.request.headers().contains_key(AUTHORIZATION);
        given.then(|| self.platform_call(incoming)).transpose()
    }
}

fn oauth2_query(connector: &Connector, params: &Params) -> Result<String, Refusal> {
    let [api_key, _, callback_url] = required(params, ["apiKey", "apiSecret", "callbackUrl"])?;
    let scope = params.once("scope")?.map_or_else(|| connector.scope(), str::to_owned);
    Ok(form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", api_key)
        .append_pair("redirect_uri", callback_url)
        .append_pair("scope", &scope)
        .append_pair("state", params.once("state")?.unwrap_or(&connector.key))
        .finish())
}

/// OAuth 1.0a has no `state`: it travels inside the callback URL, where applications may have put one themselves.
fn oauth1_query(connector: &Connector, params: &Params) -> Result<String, Refusal> {
    let names = ["apiKey", "apiSecret", "callbackUrl", "requestToken"];
    let [_, _, callback_url, request_token] = required(params, names)?;
    let folded = callback_url
        .split_once('?')
        .is_some_and(|(_, query)| form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "state"));
    let state = params.once("state")?.or((!folded).then_some(connector.key.as_str()));
    let state: Vec<_> = state.into_iter().map(|state| ("state", state)).collect();
    Ok(form_urlencoded::Serializer::new(String::new())
        .append_pair("oauth_callback", &provider::with_parameters(callback_url, &state))
        .append_pair("oauth_token", request_token)
        .finish())
}

/// The values of these parameters; 400 with the names of all that are missing.
pub(super) fn required<'a, const N: usize>(
    params: &'a Params,
    names: [&'static str; N],
) -> Result<[&'a str; N], Refusal> {
    let mut missing = Vec::new();
    let mut values = [""; N];
    for (slot, name) in values.iter_mut().zip(names) {
        match params.once(name)? {
            Some(value) => *slot = value,
            None => missing.push(name),
        }
    }
    if missing.is_empty() {
        return Ok(values);
    }
    Err(Refusal::bad_request(format!("Missing required parameters: {}.", missing.join(", "))))
}
