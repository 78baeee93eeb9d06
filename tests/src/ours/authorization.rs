//! Registrations, random bytes, and authorizations up to the redirect.

use std::io;
use std::time::UNIX_EPOCH;

use http::Response;
use your_moms_core::{
    Authorized, CallbackUrl, Client, Entropy, GetOauth1Token, Marker, Oauth1Token, Operation as _,
    PendingAuthorization, Platform, Registration, transport_fn,
};

use super::platform::{of_the_source_document, platform};
use super::prints::Prints;
use super::problem::Problem;
use crate::format::authorization as format;
use crate::format::entropy::{self, Source};

impl format::Registration {
    pub(super) fn registration(&self, prints: &mut Prints) -> Result<Registration, Problem> {
        let url = self.callback_url.as_str();
        let url =
            if self.allow_plain_http { CallbackUrl::allow_plain_http(url) } else { CallbackUrl::new(url) };
        let registration = Registration::new(
            self.connector.as_str(),
            self.api_key.as_str(),
            self.api_secret.as_str(),
            url?,
        )?;
        let mut registration = self
            .parameters
            .iter()
            .fold(registration, |registration, (name, value)| registration.parameter(name, value.as_str()));
        if self.in_body {
            registration = registration.in_body();
        }
        if self.with_authorization {
            registration = registration.with_authorization();
        }
        if self.oauth1 {
            registration = registration.oauth1();
        }
        prints.debug(&registration);
        Ok(registration)
    }
}

impl format::RequestToken {
    pub(super) fn token(&self) -> Result<Oauth1Token, Problem> {
        let body = serde_json::to_vec(self).map_err(Problem::case)?;
        Ok(GetOauth1Token::parse(Response::new(body.as_slice()))?)
    }
}

impl format::Authorization {
    /// Starts on its platform, and reads its redirect.
    pub(super) fn verified(&self, on: &Platform, prints: &mut Prints) -> Result<Authorized, Problem> {
        let registration = self.registration.registration(prints)?;
        let started_on = self.started_on.as_ref().map(platform).transpose()?;
        let entropy = self.entropy.draw()?;
        let started_on = started_on.as_ref().unwrap_or(on);
        let (get, mut pending) = PendingAuthorization::start(started_on, &registration, entropy, UNIX_EPOCH);
        if let Some(token) = &self.request_token {
            pending = pending.with_request_token(&token.token()?);
        }
        prints.debug(&(&get, &pending));
        let authorized = pending.verify(&self.redirect, UNIX_EPOCH)?;
        prints.debug(&authorized);
        Ok(authorized)
    }

    /// What it is finished with.
    pub(super) fn finished_with(&self, prints: &mut Prints) -> Result<Registration, Problem> {
        self.finished_with.as_ref().unwrap_or(&self.registration).registration(prints)
    }
}

impl entropy::Entropy {
    pub(super) fn draw(&self) -> Result<Entropy, Problem> {
        match self {
            Self::Hex(text) => Ok(Entropy::from_bytes(&bytes(text)?)?),
            Self::Source(source) => Err(source.failure()?),
        }
    }

    pub(super) fn marker(&self) -> Result<Marker, Problem> {
        self.draw().map(Marker::new)
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, Problem> {
    let pair = |at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(pair).collect();
    bytes.ok_or_else(|| Problem::case("the entropy is not in hexadecimal digits"))
}

impl Source {
    /// What a client says that draws from it.
    fn failure(self) -> Result<Problem, Problem> {
        let platform = of_the_source_document()?;
        let transport = transport_fn(|_| Ok(Response::new(Vec::new())));
        let fill = move |bytes: &mut [u8]| match self {
            Self::Constant => {
                bytes.fill(7);
                Ok(())
            }
            Self::Fails => Err(io::Error::from(io::ErrorKind::Unsupported)),
        };
        match Client::new(platform, transport, |_| {}, fill).new_instance("instagram") {
            Err(error) => Ok(error.into()),
            Ok(_) => Err(Problem::case("the source was accepted")),
        }
    }
}
