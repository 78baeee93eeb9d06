//! `GET /instances`: the instances of the account, a page at a time.

use http::{Method, Request, Response};

use super::{Operation, Paged};
use crate::error::{BuildError, ResponseError};
use crate::instance::{Instance, Json};
use crate::oauth::ConnectorKey;
use crate::platform::Platform;
use crate::wire::{Page, RequestBuilder, read_page};

/// `GET /instances`, or `GET /{nouns}/{keyOrId}/instances`: lists instances. The platform stops silently after 200; follow
/// the pages with [`Client::pages`](crate::Client::pages).
///
/// An entry that cannot be read as an instance, such as one without a token, is left out: it must not hide the others.
///
/// ```
/// use your_moms_core::{Credentials, ListInstances, Operation, Platform};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
/// let request = ListInstances::new().tag("team-a").page_size(50).request(&platform)?;
/// assert_eq!(
///     request.uri(),
///     "https://api.cloud-your_moms.com/your_moms/api-v2/instances?tags%5B%5D=team-a&pageSize=50"
/// );
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ListInstances {
    connector: Option<ConnectorKey>,
    tags: Vec<String>,
    search: Option<String>,
    page_size: Option<u32>,
    next: Option<String>,
}

impl ListInstances {
    /// All instances.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those of this connector.
    pub fn connector(self, connector: ConnectorKey) -> Self {
        Self { connector: Some(connector), ..self }
    }

    /// Only those with this tag.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Only those in which the platform finds this text (`searchText`), their names included.
    pub fn search(self, text: impl Into<String>) -> Self {
        Self { search: Some(text.into()), ..self }
    }

    /// How many a page has at most. The platform's default and maximum is 200.
    pub fn page_size(self, entries: u32) -> Self {
        Self { page_size: Some(entries), ..self }
    }
}

impl Operation for ListInstances {
    type Output = Page<Instance>;
    const NAME: &'static str = "list-instances";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let mut request = RequestBuilder::new(platform, Method::GET);
        if let Some(connector) = &self.connector {
            request = request.segment(platform.vocabulary().nouns()).segment(connector.as_str());
        }
        request = request.segment("instances").authorize_platform();
        for tag in &self.tags {
            request = request.query("tags[]", tag);
        }
        if let Some(text) = &self.search {
            request = request.query("searchText", text);
        }
        if let Some(entries) = self.page_size {
            request = request.query("pageSize", &entries.to_string());
        }
        if let Some(next) = &self.next {
            request = request.query("nextPage", next);
        }
        request.build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Page<Instance>, ResponseError> {
        let (entries, next) = read_page::<Vec<Json>>(&response)?;
        Ok(Page {
            items: entries.into_iter().filter_map(|entry| Instance::from_json(entry).ok()).collect(),
            next,
        })
    }
}

impl Paged for ListInstances {
    type Item = Instance;

    fn after(&self, next: &str) -> Self {
        Self { next: Some(next.to_owned()), ..self.clone() }
    }
}
