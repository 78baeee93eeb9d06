//! `PATCH /instances/{id}/configuration/{entry}`: changes one entry of an instance's configuration.

use std::collections::BTreeMap;
use std::fmt;

use http::{Method, Request, Response};

use super::{InstanceConfigurationEntry, InstanceTarget, Operation};
use crate::error::{BuildError, ResponseError};
use crate::instance::ConfigurationValue;
use crate::platform::Platform;
use crate::wire::FromResponse;

/// `PATCH /instances/{id}/configuration/{entry}`, or `PATCH /instances/configuration/{entry}` with the instance's token:
/// changes one entry. A boolean stays a boolean, and null clears it.
#[derive(Clone)]
pub struct UpdateInstanceConfiguration {
    target: InstanceTarget,
    entry: String,
    value: ConfigurationValue,
}

impl UpdateInstanceConfiguration {
    /// Sets an entry to `value`. It is named by its key, or by its number ([`InstanceConfigurationEntry::id`]) in digits.
    pub fn new(
        instance: impl Into<InstanceTarget>,
        entry: impl Into<String>,
        value: impl Into<ConfigurationValue>,
    ) -> Self {
        Self { target: instance.into(), entry: entry.into(), value: value.into() }
    }
}

impl Operation for UpdateInstanceConfiguration {
    type Output = InstanceConfigurationEntry;
    const NAME: &'static str = "update-instance-configuration";

    /// Setting a value twice is setting it once.
    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.target
            .request(platform, Method::PATCH, &["configuration", &self.entry])
            .json(&BTreeMap::from([("propertyValue", &self.value)]))
            .build()
    }

    fn parse(response: Response<&[u8]>) -> Result<InstanceConfigurationEntry, ResponseError> {
        FromResponse::from_response(&response)
    }
}

/// Without the value.
impl fmt::Debug for UpdateInstanceConfiguration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateInstanceConfiguration")
            .field("target", &self.target)
            .field("entry", &self.entry)
            .finish_non_exhaustive()
    }
}
