//! `GET /{nouns}/{keyOrId}`: one connector of the catalogue.

use http::{Method, Request, Response};

use super::Operation;
use crate::error::{BuildError, ResponseError};
use crate::instance::Connector;
use crate::oauth::ConnectorKey;
use crate::platform::Platform;
use crate::wire::{FromResponse, RequestBuilder};

/// `GET /{nouns}/{keyOrId}`: reads one connector of the catalogue.
#[derive(Clone, Debug)]
pub struct GetConnector {
    connector: ConnectorKey,
}

impl GetConnector {
    /// The connector with this key or number.
    pub fn new(connector: ConnectorKey) -> Self {
        Self { connector }
    }
}

impl Operation for GetConnector {
    type Output = Connector;
    const NAME: &'static str = "get-connector";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        RequestBuilder::new(platform, Method::GET)
            .segment(platform.vocabulary().nouns())
            .segment(self.connector.as_str())
            .authorize_platform()
            .build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Connector, ResponseError> {
        FromResponse::from_response(&response)
    }
}
