//! An error response of a provider's token endpoint.

use serde_json::json;

/// In the form of RFC 6749 §5.2.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TokenError {
    error: &'static str,
    description: &'static str,
}

impl TokenError {
    pub(super) const INVALID_CLIENT: Self =
        Self { error: "invalid_client", description: "Client id or client secret is wrong." };

    pub(super) fn invalid_grant(description: &'static str) -> Self {
        Self { error: "invalid_grant", description }
    }

    pub(super) fn invalid_request(description: &'static str) -> Self {
        Self { error: "invalid_request", description }
    }

    pub(crate) fn to_json(&self) -> String {
        json!({ "error": self.error, "error_description": self.description }).to_string()
    }
}
