//! From a registration with a provider to the redirect that allows it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entropy::Entropy;
use super::platform::Platform;
use super::unset;

/// The application's registration with a provider.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word that a registration may say")]
pub struct Registration {
    /// The connector: its key, or its number in digits.
    pub connector: String,
    /// The application's key at the provider.
    pub api_key: String,
    /// The application's secret at the provider.
    pub api_secret: String,
    /// Where the provider redirects the user to.
    pub callback_url: String,
    /// Whether the callback URL may be plain http to any host.
    #[serde(default, skip_serializing_if = "unset")]
    pub allow_plain_http: bool,
    /// Further parameters, in order, and as often as they are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<(String, String)>,
    /// Whether the OAuth URL is asked for by POST with a JSON body.
    #[serde(default, skip_serializing_if = "unset")]
    pub in_body: bool,
    /// Whether the platform's Authorization header goes with it.
    #[serde(default, skip_serializing_if = "unset")]
    pub with_authorization: bool,
    /// Whether the provider uses OAuth 1.0a.
    #[serde(default, skip_serializing_if = "unset")]
    pub oauth1: bool,
}

/// An authorization that came back with a redirect.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// What it was started with.
    pub registration: Registration,
    /// The random bytes that its state and its marker are made of.
    #[serde(default, skip_serializing_if = "Entropy::is_default")]
    pub entropy: Entropy,
    /// Where it was started; on the platform of the case where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<Platform>,
    /// The request token of OAuth 1.0a.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_token: Option<RequestToken>,
    /// The redirect.
    pub redirect: String,
    /// What it is finished with; the same registration where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_with: Option<Registration>,
}

/// A request token of OAuth 1.0a and its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestToken {
    /// The token.
    pub token: String,
    /// Its secret.
    pub secret: String,
}
