//! What the redirect brought, exchanged with the provider for the tokens that the platform keeps.

use serde_json::Value;

use super::body::{self, Object};
use super::{Around, Incoming};
use crate::catalogue::{Connector, Protocol};
use crate::provider::{CodeRequest, VerifierRequest};
use crate::response::Refusal;

/// The configuration entries that the provider's response fills; none for a connector without a provider.
pub(super) fn redeem(
    incoming: &Incoming<'_>,
    around: &mut Around<'_>,
    connector: &Connector,
    body: &Object,
    configuration: &Object,
) -> Result<Object, Refusal> {
    let Some(protocol) = connector.protocol() else { return Ok(Object::new()) };
    let nothing = Object::new();
    let provider_data = body::object(body, "providerData")?.unwrap_or(&nothing);
    let client_id = body::text(configuration, "oauth.api.key").unwrap_or_default();
    let client_secret = body::text(configuration, "oauth.api.secret").unwrap_or_default();
    let noun = incoming.noun.singular();

    let granted = match protocol {
        Protocol::Oauth2 => {
            let code = body::text(provider_data, "code").ok_or_else(|| {
                Refusal::bad_request(format!(
                    "You must provide an OAuth code in order to create an instance of this {noun}"
                ))
            })?;
            let redirect_uri = body::text(configuration, "oauth.callback.url").unwrap_or_default();
            let request = CodeRequest { client_id, client_secret, code, redirect_uri };
            around
                .provider
                .redeem_code(connector, &request, incoming.now, around.random)
                .map(|token| vec![("oauth.user.token", token)])
        }
        Protocol::Oauth1 => {
            let member = |name| body::text(provider_data, name);
            let (Some(token), Some(verifier), Some(secret)) =
                (member("oauth_token"), member("oauth_verifier"), member("secret"))
            else {
                return Err(Refusal::bad_request(format!(
                    "You must provide oauth_token, oauth_verifier and secret in order to create an instance of \
                     this {noun}"
                )));
            };
            let request = VerifierRequest { client_id, client_secret, token, verifier, secret };
            around
                .provider
                .redeem_verifier(connector, &request, incoming.now, around.random)
                .map(|(token, secret)| vec![("oauth.user.token", token), ("oauth.user.token.secret", secret)])
        }
    };
    let granted = granted.map_err(|error| {
        Refusal::by_provider(
            format!("{} refused to exchange the OAuth code for a token.", connector.name),
            error.to_json(),
        )
    })?;
    Ok(granted.into_iter().map(|(key, value)| (key.to_owned(), Value::String(value))).collect())
}
