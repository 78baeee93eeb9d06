//! Authorization codes: bound to a client and a redirect URI, good for one use.

use std::time::SystemTime;

use super::recent::is_over;
use super::token_error::TokenError;
use super::{Access, Provider};
use crate::catalogue::Connector;
use crate::random::Random;

pub(super) struct Grant {
    /// The connector's id; every provider knows one client.
    client_of: u64,
    redirect_uri: String,
    account: String,
    used: bool,
}

/// What the platform presents for a token (RFC 6749 §4.1.3).
pub(crate) struct CodeRequest<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: &'a str,
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
}

impl Provider {
    pub(super) fn issue_code(
        &mut self,
        connector: &Connector,
        redirect_uri: &str,
        account: &str,
        now: SystemTime,
        random: &mut Random,
    ) -> String {
        let code = random.secret("code");
        let (redirect_uri, account) = (redirect_uri.to_owned(), account.to_owned());
        let grant = Grant { client_of: connector.id, redirect_uri, account, used: false };
        // Twice as long as it is good: who comes too late is told so.
        self.codes.insert(code.clone(), grant, now, self.code_lifetime.saturating_mul(2));
        code
    }

    /// Spends a code for an access token. A refused request leaves the code as it was.
    pub(crate) fn redeem_code(
        &mut self,
        connector: &Connector,
        request: &CodeRequest<'_>,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<Access, TokenError> {
        if !self.knows_client(connector, request.client_id, request.client_secret) {
            return Err(TokenError::INVALID_CLIENT);
        }
        let invalid_grant = |description| Err(TokenError::invalid_grant(description));
        match self.codes.get_mut(request.code) {
            None => invalid_grant("The code is unknown."),
            Some((_, grant)) if grant.client_of != connector.id => {
                invalid_grant("The code was issued to another client.")
            }
            Some((_, grant)) if grant.used => invalid_grant("The code was used before."),
            Some((issued, _)) if is_over(issued, now, self.code_lifetime) => {
                invalid_grant("The code has expired.")
            }
            Some((_, grant)) if grant.redirect_uri != request.redirect_uri => {
                invalid_grant("The redirect_uri is not the one that the code was issued for.")
            }
            Some((_, grant)) => {
                grant.used = true;
                let token = random.secret("provider-token");
                Ok(Access { account: grant.account.clone(), token, secret: None })
            }
        }
    }
}
