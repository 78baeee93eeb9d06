//! `GET /ping`: whether an instance's token is accepted.

use http::{Method, Request, Response};
use serde::Deserialize;

use super::Operation;
use crate::error::{BuildError, ResponseError};
use crate::instance::InstanceToken;
use crate::platform::Platform;
use crate::wire::{FromResponse, RequestBuilder, or_default};

/// The header in which the platform names the instance that a call went through. It keeps its name in every vocabulary.
const INSTANCE_ID: &str = "elements-element-instance-id";

/// `GET /ping` with the instance's token: asks whether calls through it are accepted.
#[derive(Clone, Debug)]
pub struct Ping {
    token: InstanceToken,
}

impl Ping {
    /// Through the instance with this token.
    pub fn new(token: &InstanceToken) -> Self {
        Self { token: token.clone() }
    }
}

/// Calls through the instance are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Pong {
    /// The connector's key.
    #[serde(default, deserialize_with = "or_default")]
    pub endpoint: Option<String>,
    /// The platform's time, as it writes it.
    #[serde(default, deserialize_with = "or_default")]
    pub date_time: Option<String>,
    /// The number of the instance that the token belongs to.
    #[serde(skip)]
    pub instance_id: Option<u64>,
}

impl Operation for Ping {
    type Output = Pong;
    const NAME: &'static str = "ping";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        RequestBuilder::new(platform, Method::GET)
            .segment("ping")
            .authorize_instance(self.token.as_ref())
            .build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Pong, ResponseError> {
        let pong: Pong = FromResponse::from_response(&response)?;
        let id = response.headers().get(INSTANCE_ID).and_then(|value| value.to_str().ok()?.parse().ok());
        Ok(Pong { instance_id: id, ..pong })
    }
}
