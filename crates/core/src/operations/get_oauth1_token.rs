//! `GET /{nouns}/{key}/oauth/token`: the request token of OAuth 1.0a (RFC 5849 §2.1).

use http::{Method, Request, Response};
use serde::{Deserialize, Deserializer};

use super::Operation;
use super::get_oauth_url::{check_parameters, parameters};
use crate::error::{BuildError, ResponseError};
use crate::oauth::Registration;
use crate::platform::Platform;
use crate::privacy::{Secret, Unquoted, secret_text};
use crate::wire::{FromResponse, Path, RequestBuilder};

/// `GET /{nouns}/{key}/oauth/token`: fetches a request token, which connectors with OAuth 1.0a need before the OAuth URL.
///
/// Applications say [`Registration::oauth1`], and [`Client::authorize`](crate::Client::authorize) makes both calls.
#[derive(Clone, Debug)]
pub struct GetOauth1Token {
    registration: Registration,
}

impl GetOauth1Token {
    /// For the connector and the application of this registration.
    pub fn new(registration: &Registration) -> Self {
        Self { registration: registration.clone() }
    }
}

impl Operation for GetOauth1Token {
    type Output = Oauth1Token;
    const NAME: &'static str = "get-oauth1-token";

    /// A second token leaves the first unused.
    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let registration = &self.registration;
        check_parameters(registration)?;
        let path = [platform.vocabulary().nouns(), registration.connector().as_str(), "oauth", "token"];
        let callback_url = ("callbackUrl", registration.callback_url().as_str());
        let parameters = parameters(registration).chain([callback_url]);
        let request = RequestBuilder::to(platform, Method::GET, Path::Segments(&path), parameters);
        if registration.has_authorization() { request.authorize_platform() } else { request }.build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Oauth1Token, ResponseError> {
        FromResponse::from_response(&response)
    }
}

/// A request token of OAuth 1.0a and its secret. The token goes on to the OAuth URL, the secret to the creation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(remote = "Self", expecting = "a request token")]
pub struct Oauth1Token {
    #[serde(deserialize_with = "secret_text")]
    token: Secret,
    #[serde(deserialize_with = "secret_text")]
    secret: Secret,
}

impl<'de> Deserialize<'de> for Oauth1Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(Unquoted(deserializer))
    }
}

impl Oauth1Token {
    /// The token: `requestToken` of the request for the OAuth URL.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Its secret: `secret` of the creation's `providerData`.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// For the stored form of a pending authorization.
    pub(crate) fn expose(&self) -> [(&'static str, &str); 2] {
        [("token", self.token.expose()), ("secret", self.secret.expose())]
    }
}
