//! `GET /{nouns}/{keyOrId}/oauth/token`: the request token with which OAuth 1.0a begins.

use serde_json::json;

use super::oauth_url::required;
use super::{Around, Incoming, Outcome, Platform};
use crate::catalogue::Protocol;
use crate::response::{Refusal, json_response};

impl Platform {
    /// `token` goes on as `requestToken`, `secret` as `providerData.secret`.
    pub(super) fn oauth1_token(
        &self,
        incoming: &Incoming<'_>,
        key: &str,
        around: &mut Around<'_>,
    ) -> Outcome {
        let account = self.optional_credentials(incoming)?;
        let connector = self.known(incoming, account, key)?;
        if connector.protocol() != Some(Protocol::Oauth1) {
            return Err(Refusal::bad_request(format!("{} does not use OAuth 1.0a.", connector.name)));
        }
        let query = incoming.query();
        let [api_key, api_secret, callback_url] = required(&query, ["apiKey", "apiSecret", "callbackUrl"])?;
        let issued = around.provider.issue_request_token(
            &connector,
            (api_key, api_secret),
            callback_url,
            incoming.now,
            around.random,
        );
        let (token, secret) = issued.map_err(|error| {
            Refusal::by_provider(
                format!("{} refused to issue a request token.", connector.name),
                error.to_json(),
            )
        })?;
        Ok(json_response(&json!({ "token": token, "secret": secret })))
    }
}
