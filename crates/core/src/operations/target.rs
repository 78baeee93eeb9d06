//! Which instance a call is about.

use http::Method;

use crate::instance::{Instance, InstanceToken};
use crate::platform::Platform;
use crate::wire::RequestBuilder;

/// Which instance a call is about: the one with this number, or the one whose token this is. Both forms exist for every call
/// about one instance; a number, a [`&InstanceToken`](InstanceToken) and an [`&Instance`](Instance) (by its number) convert.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum InstanceTarget {
    /// By its number, with the account's own secrets: `/instances/123`.
    Id(u64),
    /// By its token in the `Authorization` header: `/instances`.
    Token(InstanceToken),
}

impl InstanceTarget {
    /// A request to `/instances/{id}/…`, or to `/instances/…` with the token.
    pub(super) fn request<'a>(
        &self,
        platform: &'a Platform,
        method: Method,
        rest: &[&str],
    ) -> RequestBuilder<'a> {
        let request = RequestBuilder::new(platform, method).segment("instances");
        let request = match self {
            Self::Id(id) => request.segment(&id.to_string()).authorize_platform(),
            Self::Token(token) => request.authorize_instance(token.as_ref()),
        };
        rest.iter().fold(request, |request, segment| request.segment(segment))
    }
}

impl From<u64> for InstanceTarget {
    fn from(id: u64) -> Self {
        Self::Id(id)
    }
}

impl From<&InstanceToken> for InstanceTarget {
    fn from(token: &InstanceToken) -> Self {
        Self::Token(token.clone())
    }
}

impl From<&Instance> for InstanceTarget {
    fn from(instance: &Instance) -> Self {
        Self::Id(instance.id())
    }
}
