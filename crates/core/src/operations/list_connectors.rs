//! `GET /{nouns}`: the catalogue of connectors, a page at a time.

use http::{Method, Request, Response};

use super::{Operation, Paged};
use crate::error::{BuildError, ResponseError};
use crate::instance::Connector;
use crate::platform::Platform;
use crate::wire::{FromResponse, Page, RequestBuilder};

/// `GET /{nouns}`: lists the connectors of the platform. It stops silently after 200; follow the pages with
/// [`Client::pages`](crate::Client::pages).
#[derive(Clone, Debug, Default)]
pub struct ListConnectors {
    filter: Option<String>,
    page_size: Option<u32>,
    next: Option<String>,
}

impl ListConnectors {
    /// All connectors.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those for which `condition` holds (`where`): `private='true'`, `active='true'`.
    pub fn filter(self, condition: impl Into<String>) -> Self {
        Self { filter: Some(condition.into()), ..self }
    }

    /// How many a page has at most. The platform's default and maximum is 200.
    pub fn page_size(self, entries: u32) -> Self {
        Self { page_size: Some(entries), ..self }
    }
}

impl Operation for ListConnectors {
    type Output = Page<Connector>;
    const NAME: &'static str = "list-connectors";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let mut request = RequestBuilder::new(platform, Method::GET)
            .segment(platform.vocabulary().nouns())
            .authorize_platform();
        if let Some(condition) = &self.filter {
            request = request.query("where", condition);
        }
        if let Some(entries) = self.page_size {
            request = request.query("pageSize", &entries.to_string());
        }
        if let Some(next) = &self.next {
            request = request.query("nextPage", next);
        }
        request.build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Page<Connector>, ResponseError> {
        FromResponse::from_response(&response)
    }
}

impl Paged for ListConnectors {
    type Item = Connector;

    fn after(&self, next: &str) -> Self {
        Self { next: Some(next.to_owned()), ..self.clone() }
    }
}
