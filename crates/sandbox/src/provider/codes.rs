//! Authorization codes: bound to a client and a redirect URI, good for one use.

use std::time::SystemTime;

use serde_json::json;

use super::{Provider, is_over};
use crate::catalogue::Connector;
use crate::random::Random;

pub(super) struct Grant {
    /// The connector's key; every provider knows one client.
    client_of: &'static str,
    redirect_uri: String,
    issued: SystemTime,
    used: bool,
}

/// What the platform presents for a token (RFC 6749 §4.1.3).
pub(crate) struct TokenRequest<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: &'a str,
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
}

/// An error response of a token endpoint (RFC 6749 §5.2).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TokenError {
    error: &'static str,
    description: &'static str,
}

impl TokenError {
    pub(crate) fn to_json(&self) -> String {
        json!({ "error": self.error, "error_description": self.description }).to_string()
    }
}

impl Provider {
    pub(super) fn issue_code(
        &mut self,
        connector: &'static Connector,
        redirect_uri: &str,
        now: SystemTime,
        random: &mut Random,
    ) -> String {
        let code = random.secret("code");
        let redirect_uri = redirect_uri.to_owned();
        let grant = Grant { client_of: connector.key, redirect_uri, issued: now, used: false };
        self.codes.insert(code.clone(), grant);
        code
    }

    /// Spends a code for an access token. A refused request leaves the code as it was.
    pub(crate) fn redeem(
        &mut self,
        connector: &Connector,
        request: &TokenRequest<'_>,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<String, TokenError> {
        let known = self.clients.get(connector.key).is_some_and(|client| {
            client.api_key == request.client_id && client.api_secret == request.client_secret
        });
        if !known {
            return Err(TokenError {
                error: "invalid_client",
                description: "Client id or client secret is wrong.",
            });
        }
        let invalid_grant = |description| Err(TokenError { error: "invalid_grant", description });
        match self.codes.get_mut(request.code) {
            None => invalid_grant("The code is unknown."),
            Some(grant) if grant.client_of != connector.key => {
                invalid_grant("The code was issued to another client.")
            }
            Some(grant) if grant.used => invalid_grant("The code was used before."),
            Some(grant) if is_over(grant.issued, now) => invalid_grant("The code has expired."),
            Some(grant) if grant.redirect_uri != request.redirect_uri => {
                invalid_grant("The redirect_uri is not the one that the code was issued for.")
            }
            Some(grant) => {
                grant.used = true;
                Ok(random.secret("provider-token"))
            }
        }
    }
}
