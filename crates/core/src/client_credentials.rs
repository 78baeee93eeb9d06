//! The application's registration with the provider.

use std::fmt;

use crate::placeholder::is_placeholder;
use crate::{BuildError, Secret};

/// What registering an application with the provider gave: its key (`client_id` of RFC 6749) and its secret
/// (`client_secret`). The platform calls them `apiKey` and `apiSecret`, and `oauth.api.key` and `oauth.api.secret`.
#[derive(Clone)]
pub struct ClientCredentials {
    api_key: String,
    api_secret: Secret,
}

impl ClientCredentials {
    /// The key and the secret, as the provider shows them.
    ///
    /// # Errors
    /// [`BuildError::Credential`] for one that is empty, a sample's placeholder, or holds control characters.
    pub fn new(api_key: impl Into<String>, api_secret: impl Into<Secret>) -> Result<Self, BuildError> {
        let (api_key, api_secret) = (api_key.into(), api_secret.into());
        for (name, text) in [("API key", api_key.as_str()), ("API secret", api_secret.expose())] {
            let fault = if text.is_empty() {
                "is empty"
            } else if is_placeholder(text) {
                "is a sample's placeholder; put your own in its place"
            } else if text.contains(char::is_control) {
                "holds a control character, perhaps the end of a line; copy it again, without what surrounds it"
            } else {
                continue;
            };
            return Err(BuildError::Credential { name, fault });
        }
        Ok(Self { api_key, api_secret })
    }

    /// The key, which is public: it stands in every authorization URL.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// The secret.
    pub fn api_secret(&self) -> &Secret {
        &self.api_secret
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCredentials(…)")
    }
}
