//! The connectors, as far as somebody who uses the sandbox has to know them.

use crate::catalogue;
use crate::sandbox::Sandbox;

/// A connector of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectorSummary {
    /// Its number in the catalogue.
    pub id: u64,
    /// Its key, such as `instagram`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its hub, such as `social`.
    pub hub: String,
    /// How an instance of it is authorized: `oauth2`, `oauth1`, `basic` and the like.
    pub authentication: String,
}

impl Sandbox {
    /// Every connector of the catalogue, by ascending id. Those with a provider have a [`client`](Self::client).
    pub fn connectors(&self) -> Vec<ConnectorSummary> {
        let summary = |connector: &catalogue::Connector| ConnectorSummary {
            id: connector.id,
            key: connector.key.to_owned(),
            name: connector.name.to_owned(),
            hub: connector.hub.to_owned(),
            authentication: connector.authentication().to_owned(),
        };
        catalogue::connectors().map(summary).collect()
    }
}
