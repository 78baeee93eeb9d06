//! OAuth 1.0a: request tokens, and the verifiers that Allow adds to them (RFC 5849 §2).

use std::time::SystemTime;

use super::recent::is_over;
use super::token_error::TokenError;
use super::{Access, PAGE_LIFETIME, Provider};
use crate::catalogue::Connector;
use crate::random::Random;

pub(super) struct RequestToken {
    /// The connector's id; every provider knows one client.
    client_of: u64,
    secret: String,
    callback_url: String,
    /// Once the user has allowed it.
    allowed: Option<Allowed>,
    used: bool,
}

struct Allowed {
    verifier: String,
    account: String,
    since: SystemTime,
}

/// What the platform presents for an access token.
pub(crate) struct VerifierRequest<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: &'a str,
    pub(crate) token: &'a str,
    pub(crate) verifier: &'a str,
    pub(crate) secret: &'a str,
}

impl Provider {
    /// A request token and its secret, for a client's id and secret.
    pub(crate) fn issue_request_token(
        &mut self,
        connector: &Connector,
        (client_id, client_secret): (&str, &str),
        callback_url: &str,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<(String, String), TokenError> {
        if !self.knows_client(connector, client_id, client_secret) {
            return Err(TokenError::INVALID_CLIENT);
        }
        // What is in its query, such as the state, is the application's own.
        let without_query = callback_url.split_once('?').map_or(callback_url, |(before, _)| before);
        if callback_url.contains('#')
            || !(self.is_registered(callback_url) || self.is_registered(without_query))
        {
            return Err(TokenError::invalid_request("The callback URL is not one that is registered."));
        }
        let (token, secret) = (random.secret("request-token"), random.secret("request-token-secret"));
        let issued = RequestToken {
            client_of: connector.id,
            secret: secret.clone(),
            callback_url: callback_url.to_owned(),
            allowed: None,
            used: false,
        };
        // A verifier may come at the last moment, and be used at its last.
        let kept = self.code_lifetime.saturating_mul(2).saturating_add(PAGE_LIFETIME);
        self.request_tokens.insert(token.clone(), issued, now, kept);
        Ok((token, secret))
    }

    /// Whether a consent page may be shown for a token of this connector: nobody has allowed it yet.
    pub(super) fn is_open(&self, token: &str, connector: &Connector, now: SystemTime) -> bool {
        self.request_tokens.get(token).is_some_and(|(since, issued)| {
            issued.client_of == connector.id
                && issued.allowed.is_none()
                && !is_over(since, now, PAGE_LIFETIME)
        })
    }

    /// Whether `uri` is the callback URL that came with the token, possibly with more in its query: the state.
    pub(super) fn is_callback_of(&self, token: &str, uri: &str) -> bool {
        let callback = self.request_tokens.get(token).map(|(_, issued)| issued.callback_url.as_str());
        let added = callback.and_then(|callback| uri.strip_prefix(callback));
        added.is_some_and(|added| added.is_empty() || added.starts_with(['?', '&'])) && !uri.contains('#')
    }

    pub(super) fn issue_verifier(
        &mut self,
        token: &str,
        account: &str,
        now: SystemTime,
        random: &mut Random,
    ) -> Option<String> {
        let (_, issued) = self.request_tokens.get_mut(token)?;
        let verifier = random.secret("verifier");
        let account = account.to_owned();
        issued.allowed = Some(Allowed { verifier: verifier.clone(), account, since: now });
        Some(verifier)
    }

    /// Spends a verifier for an access token and its secret. A refused request leaves it as it was.
    pub(crate) fn redeem_verifier(
        &mut self,
        connector: &Connector,
        request: &VerifierRequest<'_>,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<Access, TokenError> {
        if !self.knows_client(connector, request.client_id, request.client_secret) {
            return Err(TokenError::INVALID_CLIENT);
        }
        let invalid_grant = |description| Err(TokenError::invalid_grant(description));
        let Some((_, issued)) = self.request_tokens.get_mut(request.token) else {
            return invalid_grant("The request token is unknown.");
        };
        match &issued.allowed {
            _ if issued.client_of != connector.id => {
                invalid_grant("The request token was issued to another client.")
            }
            _ if issued.secret != request.secret => {
                invalid_grant("The secret is not that of the request token.")
            }
            None => invalid_grant("The verifier is wrong."),
            Some(allowed) if allowed.verifier != request.verifier => invalid_grant("The verifier is wrong."),
            _ if issued.used => invalid_grant("The request token was used before."),
            Some(allowed) if is_over(allowed.since, now, self.code_lifetime) => {
                invalid_grant("The request token has expired.")
            }
            Some(allowed) => {
                issued.used = true;
                let token = random.secret("provider-token");
                let secret = Some(random.secret("provider-token-secret"));
                Ok(Access { account: allowed.account.clone(), token, secret })
            }
        }
    }
}
