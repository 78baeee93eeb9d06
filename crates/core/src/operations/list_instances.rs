//! `GET /instances`: the instances of the account, a page at a time.

use http::{Method, Request, Response, StatusCode};

use crate::{BuildError, Instance, Json, Operation, Platform, ResponseError, json};

/// The header in which the platform names the next page. It keeps its name in every vocabulary.
const NEXT_PAGE: &str = "elements-next-page-token";

/// Lists instances. The platform stops silently after 200: follow [`InstancePage::next`].
#[derive(Clone, Debug, Default)]
pub struct ListInstances {
    tags: Vec<String>,
    next_page: Option<String>,
}

impl ListInstances {
    /// All instances, first page.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those with this tag.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// The page that `page` says comes next, if there is one.
    pub fn after(&self, page: &InstancePage) -> Option<Self> {
        page.next.clone().map(|next| Self { tags: self.tags.clone(), next_page: Some(next) })
    }
}

/// Some of the instances.
#[derive(Clone, Debug, Default)]
pub struct InstancePage {
    /// The instances, in the platform's order.
    pub instances: Vec<Instance>,
    /// Entries that could not be read as instances, such as one without a token; they do not hide the others.
    pub unreadable: Vec<Json>,
    /// What to ask for the next page with, if there is one; see [`ListInstances::after`].
    pub next: Option<String>,
}

impl Operation for ListInstances {
    type Output = InstancePage;
    const NAME: &'static str = "list-instances";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let request = platform.request(Method::GET).segment("instances").authorize_platform();
        let request = self.tags.iter().fold(request, |request, tag| request.query("tags[]", tag));
        match &self.next_page {
            Some(next) => request.query("nextPage", next),
            None => request,
        }
        .build()
    }

    fn parse(response: Response<&[u8]>) -> Result<InstancePage, ResponseError> {
        let entries: Vec<Json> = match json::read(&response) {
            Err(error) if is_empty_list(&error) => Vec::new(),
            read => read?,
        };
        let (mut instances, mut unreadable) = (Vec::new(), Vec::new());
        for entry in entries {
            match entry.to() {
                Some(instance) => instances.push(instance),
                None => unreadable.push(entry),
            }
        }
        let next = response.headers().get(NEXT_PAGE).and_then(|value| value.to_str().ok());
        Ok(InstancePage {
            instances,
            unreadable,
            next: next.filter(|next| !next.is_empty()).map(str::to_owned),
        })
    }
}

/// The platform answers 404 `No … found` where there is nothing to list. Any other 404 is one: a wrong base URL must not
/// pass for an empty account.
fn is_empty_list(error: &ResponseError) -> bool {
    let message = error.message().unwrap_or_default();
    error.status() == StatusCode::NOT_FOUND && message.starts_with("No ") && message.contains("found")
}
