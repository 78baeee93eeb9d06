//! What an application is told when it signs up: at the platform, and at a provider.

use std::fmt;

/// The two secrets that the platform gives to an application. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Goes after `User` in the `Authorization` header.
    pub user_secret: String,
    /// Goes after `Organization` in the `Authorization` header.
    pub organization_secret: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// An application's registration at a provider (RFC 6749 §2.2, §2.3.1). `Debug` does not show the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// The client identifier: `apiKey` in step 1, `oauth.api.key` in step 2.
    pub api_key: String,
    /// The client secret: `apiSecret` in step 1, `oauth.api.secret` in step 2.
    pub api_secret: String,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api_key", &self.api_key).finish_non_exhaustive()
    }
}
