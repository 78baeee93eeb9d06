//! What the redirect brought, exchanged with the provider for the tokens that the platform keeps.

use serde_json::Value;

use super::body::{self, Object};
use super::{Around, Incoming};
use crate::catalogue::{Connector, Protocol};
use crate::provider::{Access, CodeRequest, VerifierRequest};
use crate::response::Refusal;

/// What the provider grants; `None` where nobody is asked for consent.
pub(super) fn redeem(
    incoming: &Incoming<'_>,
    around: &mut Around<'_>,
    connector: &Connector,
    body: &Object,
    configuration: &Object,
) -> Result<Option<Access>, Refusal> {
    let Some(protocol) = connector.protocol() else { return Ok(None) };
    let nothing = Object::new();
    let provider_data = body::object(body, "providerData")?.unwrap_or(&nothing);
    let client_id = body::text(configuration, "oauth.api.key").unwrap_or_default();
    let client_secret = body::text(configuration, "oauth.api.secret").unwrap_or_default();
    let noun = incoming.noun.singular();
    let brought = connector.service.redirect_parameters.keys().map(String::as_str);
    let missing: Vec<_> = brought.filter(|name| body::text(provider_data, name).is_none()).collect();

    let granted = match protocol {
        Protocol::Oauth2 => {
            let code = body::text(provider_data, "code").ok_or_else(|| {
                Refusal::bad_request(format!(
                    "You must provide an OAuth code in order to create an instance of this {noun}"
                ))
            })?;
            check_brought(&missing)?;
            let redirect_uri = body::text(configuration, "oauth.callback.url").unwrap_or_default();
            let request = CodeRequest { client_id, client_secret, code, redirect_uri };
            around.provider.redeem_code(connector, &request, incoming.now, around.random)
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
            check_brought(&missing)?;
            let request = VerifierRequest { client_id, client_secret, token, verifier, secret };
            around.provider.redeem_verifier(connector, &request, incoming.now, around.random)
        }
    };
    granted.map(Some).map_err(|error| {
        let message = format!("{} refused to exchange the OAuth code for a token.", connector.name);
        Refusal::by_provider(message, error.to_json())
    })
}

/// Whatever a provider adds to the redirect belongs into `providerData`.
fn check_brought(missing: &[&str]) -> Result<(), Refusal> {
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    Err(Refusal::bad_request(format!("providerData is missing what else the redirect brought: {missing}.")))
}

/// The configuration entries in which the platform keeps it.
pub(super) fn entries(access: &Access) -> impl Iterator<Item = (String, Value)> {
    let token = ("oauth.user.token".to_owned(), Value::from(access.token.as_str()));
    let secret = access.secret.as_deref();
    let secret = secret.map(|secret| ("oauth.user.token.secret".to_owned(), Value::from(secret)));
    std::iter::once(token).chain(secret)
}
