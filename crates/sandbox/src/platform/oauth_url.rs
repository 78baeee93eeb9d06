//! `GET` and `POST /{nouns}/{key}/oauth/url`: the source document's Step 1.

use http::Method;
use http::header::AUTHORIZATION;
use serde_json::json;

use super::{Answer, Ask};
use crate::answer::{Refusal, json_response};
use crate::params::Params;
use crate::provider;
use crate::sandbox::Sandbox;

impl Sandbox {
    /// `GET` has the parameters in the query; `POST` has them in a JSON body, which keeps the secret out of the URL.
    pub(super) fn oauth_url(&self, ask: &Ask<'_>, key: &str) -> Answer {
        // The call is documented without credentials; live clients send them all the same, and then they count.
        if ask.request.headers().contains_key(AUTHORIZATION) {
            self.platform_call(ask)?;
        }
        let connector = ask.connector(key)?;
        if connector.oauth.is_none() {
            let entries = connector.required_entries().collect::<Vec<_>>().join(", ");
            return Err(Refusal::bad_request(format!(
                "{} has basic authentication and no OAuth URL. Create the instance with the configuration entries \
                 {entries}.",
                connector.name
            )));
        }
        let params = if ask.request.method() == Method::POST {
            Params::from_json(&ask.json_object()?)
        } else {
            ask.query()
        };
        let (api_key, api_secret) = (params.once("apiKey")?, params.once("apiSecret")?);
        let callback_url = params.once("callbackUrl")?;
        let (Some(api_key), Some(_), Some(callback_url)) = (api_key, api_secret, callback_url) else {
            let given = [("apiKey", api_key), ("apiSecret", api_secret), ("callbackUrl", callback_url)];
            let missing = given.into_iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name);
            let missing = missing.collect::<Vec<_>>().join(", ");
            return Err(Refusal::bad_request(format!("Missing required parameters: {missing}.")));
        };
        let scope = params.once("scope")?.map_or_else(|| connector.scope(), str::to_owned);
        let state = params.once("state")?.unwrap_or(connector.key);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", api_key)
            .append_pair("redirect_uri", callback_url)
            .append_pair("scope", &scope)
            .append_pair("state", state)
            .finish();
        let oauth_url = format!("{}{}?{query}", self.origin, provider::path(connector));
        Ok(json_response(&json!({ "oauthUrl": oauth_url, ask.noun.singular(): connector.key })))
    }
}
