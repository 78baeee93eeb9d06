//! `GET /{nouns}/{key}/oauth/url`, or the same with `POST`: where to send the user (the source document, Step 1).

use std::collections::{BTreeMap, BTreeSet};
use std::{fmt, iter};

use http::{Method, Request, Response};

use super::{Oauth1Token, Operation, UncheckedOauthUrl};
use crate::error::{BuildError, ResponseError, ValueErrorKind};
use crate::oauth::{Registration, State};
use crate::platform::Platform;
use crate::privacy::Secret;
use crate::text::is_placeholder;
use crate::wire::{FromResponse, Path, RequestBuilder};

/// Parameters that have a place of their own.
const TYPED: [&str; 5] = ["apiKey", "apiSecret", "callbackUrl", "requestToken", "state"];

/// `GET /{nouns}/{key}/oauth/url`: asks for the provider's authorization URL.
///
/// Applications call [`Client::authorize`](crate::Client::authorize), which draws the state and checks what comes back. The
/// documented form has the client secret in its query; [`Registration::in_body`] sends the same as a `POST` with a JSON body.
///
/// ```
/// use your_moms_core::{Credentials, GetOauthUrl, Operation, Platform, Registration, State};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o")?)?;
/// let registration = Registration::new(
///     "instagram", "fake_instagram_client_id", "fake_instagram_client_secret", "https://www.mycoolapp.com/auth",
/// )?;
/// let request = GetOauthUrl::new(&registration, State::new("hc-5d1")?).request(&platform)?;
/// assert_eq!(
///     request.uri().path_and_query().map(|target| target.as_str()),
///     Some(
///         "/your_moms/api-v2/your_moms/instagram/oauth/url?apiKey=fake_instagram_client_id\
///          &apiSecret=fake_instagram_client_secret&callbackUrl=https%3A%2F%2Fwww.mycoolapp.com%2Fauth&state=hc-5d1"
///     )
/// );
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone)]
pub struct GetOauthUrl {
    registration: Registration,
    state: State,
    request_token: Option<Secret>,
}

impl GetOauthUrl {
    /// For an authorization with `state`, which must be new and random.
    pub fn new(registration: &Registration, state: State) -> Self {
        Self { registration: registration.clone(), state, request_token: None }
    }

    /// With the request token of OAuth 1.0a ([`GetOauth1Token`](crate::GetOauth1Token)).
    pub fn request_token(self, token: &Oauth1Token) -> Self {
        Self { request_token: Some(token.token().clone()), ..self }
    }

    pub(super) fn registration(&self) -> &Registration {
        &self.registration
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// In the order of the document's own command.
    fn parameters(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        let token = self.request_token.iter().map(|token| ("requestToken", token.expose()));
        let callback_url = ("callbackUrl", self.registration.callback_url().as_str());
        parameters(&self.registration).chain(token).chain([callback_url, ("state", self.state.as_str())])
    }
}

/// What a registration says of itself: key, secret and the further parameters.
pub(super) fn parameters(registration: &Registration) -> impl Iterator<Item = (&str, &str)> + Clone {
    let own = [("apiKey", registration.api_key()), ("apiSecret", registration.api_secret().expose())];
    let further = registration.parameters().iter().map(|(name, value)| (name.as_str(), value.expose()));
    own.into_iter().chain(further)
}

/// Whether the further parameters of a registration can be sent.
pub(super) fn check_parameters(registration: &Registration) -> Result<(), BuildError> {
    let mut given = BTreeSet::new();
    for (name, value) in registration.parameters() {
        let kind = if TYPED.contains(&name.as_str()) {
            ValueErrorKind::Reserved
        } else if name.is_empty() {
            ValueErrorKind::Empty
        } else if is_placeholder(value.expose()) {
            ValueErrorKind::Placeholder
        } else if !given.insert(name) {
            ValueErrorKind::Twice
        } else {
            continue;
        };
        return Err(BuildError::Parameter { name: name.clone(), kind });
    }
    Ok(())
}

impl Operation for GetOauthUrl {
    type Output = UncheckedOauthUrl;
    const NAME: &'static str = "get-oauth-url";

    /// Asking makes nothing, in either form.
    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        check_parameters(&self.registration)?;
        let path = [platform.vocabulary().nouns(), self.registration.connector().as_str(), "oauth", "url"];
        let request = if self.registration.is_in_body() {
            let body: BTreeMap<_, _> = self.parameters().collect();
            RequestBuilder::to(platform, Method::POST, Path::Segments(&path), iter::empty()).json(&body)
        } else {
            RequestBuilder::to(platform, Method::GET, Path::Segments(&path), self.parameters())
        };
        if self.registration.has_authorization() { request.authorize_platform() } else { request }.build()
    }

    fn parse(response: Response<&[u8]>) -> Result<UncheckedOauthUrl, ResponseError> {
        FromResponse::from_response(&response)
    }
}

/// Without parameter values: they can be secret.
impl fmt::Debug for GetOauthUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetOauthUrl").field("registration", &self.registration).finish_non_exhaustive()
    }
}
