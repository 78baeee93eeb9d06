//! `GET /instances/{id}/configuration`: how an instance is configured.

use std::fmt;

use http::{Method, Request, Response};
use serde::{Deserialize, Deserializer};

use super::{InstanceTarget, Operation};
use crate::error::{BuildError, ResponseError};
use crate::instance::ConfigurationValue;
use crate::platform::Platform;
use crate::privacy::Unquoted;
use crate::wire::{FromResponse, or_default};

/// `GET /instances/{id}/configuration`, or `GET /instances/configuration` with the instance's token: reads the entries of one
/// instance.
#[derive(Clone, Debug)]
pub struct GetInstanceConfiguration {
    target: InstanceTarget,
}

impl GetInstanceConfiguration {
    /// Of the instance with this number, or with this token.
    pub fn new(instance: impl Into<InstanceTarget>) -> Self {
        Self { target: instance.into() }
    }
}

/// One entry of an instance's configuration. `Debug` does not show its value.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase", expecting = "an entry of a configuration")]
#[non_exhaustive]
pub struct InstanceConfigurationEntry {
    /// The entry's number, by which [`UpdateInstanceConfiguration`](crate::UpdateInstanceConfiguration) changes it.
    #[serde(default, deserialize_with = "or_default")]
    pub id: Option<u64>,
    /// The entry's key: `event.notification.enabled`.
    pub key: String,
    /// Its value. Deployments since 2017 mask secrets as `********`.
    #[serde(rename = "propertyValue", default = "null")]
    pub value: ConfigurationValue,
}

fn null() -> ConfigurationValue {
    ConfigurationValue::Null
}

impl<'de> Deserialize<'de> for InstanceConfigurationEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(Unquoted(deserializer))
    }
}

impl fmt::Debug for InstanceConfigurationEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstanceConfigurationEntry").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Operation for GetInstanceConfiguration {
    type Output = Vec<InstanceConfigurationEntry>;
    const NAME: &'static str = "get-instance-configuration";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.target.request(platform, Method::GET, &["configuration"]).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Vec<InstanceConfigurationEntry>, ResponseError> {
        FromResponse::from_response(&response)
    }
}
