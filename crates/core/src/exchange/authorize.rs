//! The first step: asking where to send the user, and checking what comes back.

use std::fmt;
use std::time::SystemTime;

use super::exchange::Exchange;
use super::machine::{Event, Machine, Step};
use super::retry::RetryPolicy;
use crate::connect::PendingAuthorization;
use crate::error::Error;
use crate::oauth::{Entropy, Registration};
use crate::operations::{AuthorizationUrl, GetOauth1Token, GetOauthUrl, Oauth1Token, UncheckedOauthUrl};
use crate::platform::Platform;

/// The first step: asks where to send the user, checks the URL, and gives what to keep until the redirect. With
/// [`Registration::oauth1`] it fetches a request token first. [`Client::authorize`](crate::Client::authorize) drives it.
pub struct Authorize(Stage);

enum Stage {
    Token(Exchange<GetOauth1Token>, Rest),
    Url(Exchange<GetOauthUrl>, Rest),
}

struct Rest {
    get: GetOauthUrl,
    pending: PendingAuthorization,
    platform: Platform,
    policy: RetryPolicy,
}

impl Authorize {
    /// Starts an authorization. `entropy` is new and random, `now` is the current time.
    pub fn new(
        registration: &Registration,
        platform: &Platform,
        policy: RetryPolicy,
        entropy: Entropy,
        now: SystemTime,
    ) -> Self {
        let (get, pending) = PendingAuthorization::start(platform, registration, entropy, now);
        let rest = Rest { get, pending, platform: platform.clone(), policy };
        if registration.is_oauth1() {
            Self(Stage::Token(Exchange::new(GetOauth1Token::new(registration), platform, policy), rest))
        } else {
            rest.url()
        }
    }

    fn token(result: Result<Oauth1Token, Error>, rest: Rest) -> Step<Self> {
        match result {
            Err(error) => Step::Done(Err(error)),
            Ok(token) => {
                let get = rest.get.request_token(&token);
                let pending = rest.pending.with_request_token(&token);
                Rest { get, pending, ..rest }.url().step()
            }
        }
    }

    fn url(result: Result<UncheckedOauthUrl, Error>, rest: Rest) -> Step<Self> {
        let checked = result.and_then(|url| Ok(url.check(&rest.get, &rest.platform)?));
        Step::Done(checked.map(|url| (url, rest.pending)))
    }
}

impl Rest {
    fn url(self) -> Authorize {
        Authorize(Stage::Url(Exchange::new(self.get.clone(), &self.platform, self.policy), self))
    }
}

impl Machine for Authorize {
    type Output = (AuthorizationUrl, PendingAuthorization);

    fn advance(self, event: Event) -> Step<Self> {
        match self.0 {
            Stage::Token(exchange, mut rest) => {
                rest.policy.deadline = exchange.left_after(&event);
                exchange.advance(event).embed(
                    rest,
                    |exchange, rest| Self(Stage::Token(exchange, rest)),
                    Self::token,
                )
            }
            Stage::Url(exchange, rest) => exchange.advance(event).embed(
                rest,
                |exchange, rest| Self(Stage::Url(exchange, rest)),
                Self::url,
            ),
        }
    }
}

impl fmt::Debug for Authorize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Stage::Token(exchange, _) => f.debug_tuple("Authorize").field(exchange).finish(),
            Stage::Url(exchange, _) => f.debug_tuple("Authorize").field(exchange).finish(),
        }
    }
}
