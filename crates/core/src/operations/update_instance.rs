//! `PATCH /instances/{id}`: renames an instance, replaces its tags, or re-authorizes it.

use std::collections::BTreeMap;
use std::fmt;

use http::{Method, Request, Response};
use serde::Serialize;

use super::{InstanceTarget, Operation, StartedOn};
use crate::error::{BuildError, ResponseError};
use crate::instance::Instance;
use crate::oauth::{Marker, Registration};
use crate::platform::Platform;
use crate::privacy::Secret;
use crate::wire::FromResponse;

/// `PATCH /instances/{id}`, or `PATCH /instances` with the instance's token: changes what is given and nothing else.
///
/// To re-authorize an instance in place, so that its token stays valid, go through OAuth again and take
/// [`Authorized::reauthorize`](crate::Authorized::reauthorize).
///
/// ```
/// use your_moms_core::{Credentials, Operation, Platform, UpdateInstance};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
/// let request = UpdateInstance::new(123).name("Holiday photos").request(&platform)?;
/// assert_eq!(request.body(), br#"{"name":"Holiday photos"}"#);
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
pub struct UpdateInstance {
    target: InstanceTarget,
    body: Body,
    started_on: Option<StartedOn>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    provider_data: BTreeMap<String, Exposed>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    configuration: BTreeMap<&'static str, Exposed>,
}

/// A secret in the body of a request, which is where it belongs.
struct Exposed(Secret);

impl Serialize for Exposed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl UpdateInstance {
    /// Of the instance with this number, or with this token.
    pub fn new(instance: impl Into<InstanceTarget>) -> Self {
        Self { target: instance.into(), body: Body::default(), started_on: None }
    }

    /// Renames it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.body.name = Some(name.into());
        self
    }

    /// Replaces its tags. `instance` is what is known of this instance: the marker of its creation stays, so that it can still
    /// be recovered, and no other creation's marker gets in.
    pub fn tags(mut self, instance: &Instance, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        // Another instance's marker, copied with its tags, would make this one pass for that.
        let tags = tags.into_iter().map(Into::into).filter(|tag: &String| !Marker::is_one(tag));
        let markers = instance.tags().iter().filter(|tag| Marker::is_one(tag)).cloned();
        self.body.tags = Some(tags.chain(markers).collect());
        if let InstanceTarget::Id(id) = self.target {
            self.body.id = Some(id);
        }
        self
    }

    /// Hands over what a new authorization brought.
    pub(crate) fn authorized(
        mut self,
        started_on: StartedOn,
        registration: &Registration,
        parameters: Vec<(String, Secret)>,
    ) -> Self {
        self.started_on = Some(started_on);
        for (name, value) in parameters {
            self.body.provider_data.entry(name).or_insert(Exposed(value));
        }
        self.body.configuration = BTreeMap::from([
            ("oauth.api.key", Exposed(Secret::from(registration.api_key()))),
            ("oauth.api.secret", Exposed(registration.api_secret().clone())),
            ("oauth.callback.url", Exposed(Secret::from(registration.callback_url().as_str()))),
        ]);
        self
    }
}

impl Operation for UpdateInstance {
    type Output = Instance;
    const NAME: &'static str = "update-instance";

    /// Setting a name or tags twice is setting them once; a code is good for one use.
    fn idempotent(&self) -> bool {
        self.body.provider_data.is_empty()
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.started_on.as_ref().map_or(Ok(()), |started_on| started_on.check(platform))?;
        self.target.request(platform, Method::PATCH, &[]).json(&self.body).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Instance, ResponseError> {
        FromResponse::from_response(&response)
    }
}

/// Without values of the new authorization.
impl fmt::Debug for UpdateInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateInstance")
            .field("target", &self.target)
            .field("name", &self.body.name)
            .field("tags", &self.body.tags)
            .field("authorizes", &!self.body.provider_data.is_empty())
            .finish_non_exhaustive()
    }
}
