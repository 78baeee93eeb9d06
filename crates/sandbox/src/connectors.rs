//! The connectors, as far as somebody who uses the sandbox has to know them.

use std::sync::Arc;

use crate::catalogue::Connector;
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
    /// The path under the base URL of a list that every account has, such as `/hubs/social/media`.
    pub list: Option<String>,
}

impl Sandbox {
    /// Every connector of the catalogue, by ascending id. Those with a provider have a [`client`](Self::client).
    pub fn connectors(&self) -> Vec<ConnectorSummary> {
        let summary = |connector: &Arc<Connector>| ConnectorSummary {
            id: connector.id,
            key: connector.key.clone(),
            name: connector.name.clone(),
            hub: connector.hub.clone(),
            authentication: connector.authentication().to_owned(),
            list: list(connector),
        };
        self.catalogue().connectors().map(summary).collect()
    }
}

fn list(connector: &Connector) -> Option<String> {
    let resource = connector.resources().iter().find(|resource| !resource.singleton)?;
    Some(format!("/hubs/{}/{}", connector.hub, resource.path))
}
