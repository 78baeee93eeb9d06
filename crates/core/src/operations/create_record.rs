//! What finds a creation again.

use serde::{Deserialize, Serialize};

use super::{ListInstances, StartedOn};
use crate::error::BuildError;
use crate::instance::{Connector, Instance};
use crate::oauth::{ConnectorKey, Marker, marker_text};
use crate::platform::Platform;
use crate::text::Version;

/// What finds the instance of one creation again, in any process and after any crash: plain data without secrets.
///
/// Store it before the creation is sent, and drop it once the instance is stored, or a day after
/// [`Client::recover`](crate::Client::recover) has found nothing.
///
/// ```
/// use your_moms_core::CreateRecord;
///
/// # use your_moms_core::{Client, Credentials, Platform, transport_fn};
/// # let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
/// # let client = Client::new(platform, transport_fn(|_| unreachable!()), std::thread::sleep, getrandom::fill);
/// let create = client.new_instance("helpdesk")?;
/// let stored = serde_json::to_string(&create.record())?;
/// let record: CreateRecord = serde_json::from_str(&stored)?;
/// assert_eq!(record, create.record());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateRecord {
    version: Version<1>,
    connector: ConnectorKey,
    #[serde(with = "marker_text")]
    marker: Marker,
    /// Whether the instance was named by its marker.
    named: bool,
    started_on: Option<StartedOn>,
}

impl CreateRecord {
    pub(super) fn new(
        connector: ConnectorKey,
        marker: Marker,
        named: bool,
        started_on: Option<StartedOn>,
    ) -> Self {
        Self { version: Version, connector, marker, named, started_on }
    }

    /// The connector that an instance was to be made of.
    pub fn connector(&self) -> &ConnectorKey {
        &self.connector
    }

    /// The tag that the instance carries.
    pub fn marker(&self) -> &Marker {
        &self.marker
    }

    /// Whether `instance` is the one that was created. The list is asked to leave out all others, but a deployment that
    /// ignores the filter must not hand this user another account's token.
    pub(crate) fn made(&self, instance: &Instance) -> bool {
        let named = self.named && instance.name().is_some_and(|name| self.marker.is(name));
        let marked = named || instance.tags().iter().any(|tag| self.marker.is(tag));
        marked && instance.connector().is_none_or(|connector| self.is_of(connector))
    }

    /// By number or by key; where the response does not say which, the marker alone decides.
    fn is_of(&self, connector: &Connector) -> bool {
        match (self.connector.id(), connector.id(), connector.key()) {
            (Some(id), Some(other), _) => id == other,
            (None, _, Some(key)) => key == self.connector.as_str(),
            _ => true,
        }
    }

    /// The lists to look through: by tag, and where the name may be all that is left of the marker, by text.
    pub(crate) fn lists(&self) -> (ListInstances, Option<ListInstances>) {
        let marker = self.marker.as_str();
        let by_name = self.named.then(|| ListInstances::new().search(marker));
        (ListInstances::new().tag(marker), by_name)
    }

    pub(crate) fn check(&self, platform: &Platform) -> Result<(), BuildError> {
        self.started_on.as_ref().map_or(Ok(()), |started_on| started_on.check(platform))
    }
}

/// A record searches and makes nothing, so there may be many.
impl Clone for CreateRecord {
    fn clone(&self) -> Self {
        Self::new(self.connector.clone(), self.marker.copy(), self.named, self.started_on.clone())
    }
}
