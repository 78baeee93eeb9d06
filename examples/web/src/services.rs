//! The services that users can connect.

use std::fmt;

use serde::Deserialize;
use your_moms_core::{BuildError, CallbackUrl, Registration, Secret};

/// A service, as far as it differs from the others.
#[derive(Debug)]
pub(crate) struct Service {
    /// The connector's key.
    pub(crate) key: &'static str,
    /// What people call it.
    pub(crate) title: &'static str,
    /// Where the account's holder is found, if the service tells.
    pub(crate) holder: Option<&'static str>,
    /// What the account's page shows.
    pub(crate) items: &'static str,
    /// Parameters of that request.
    pub(crate) query: &'static [(&'static str, &'static str)],
    /// What those are called.
    pub(crate) items_title: &'static str,
}

pub(crate) static SERVICES: [Service; 2] = [
    Service {
        key: "instagram",
        title: "Instagram",
        holder: Some("/hubs/social/users/self"),
        items: "/hubs/social/media",
        query: &[],
        items_title: "Photos",
    },
    Service {
        key: "dropbox",
        title: "Dropbox",
        holder: None,
        items: "/hubs/documents/folders/contents",
        query: &[("path", "/")],
        items_title: "Files",
    },
];

/// The service whose connector has this key.
pub(crate) fn service(key: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.key == key)
}

/// Whose account it is at the service.
#[derive(Debug, Deserialize)]
pub(crate) struct Holder {
    pub(crate) id: String,
    pub(crate) username: Option<String>,
}

/// A photo or a file. Services differ, and members may be absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Item {
    pub(crate) name: Option<String>,
    pub(crate) directory: bool,
    pub(crate) size: Option<u64>,
    pub(crate) caption: Option<Text>,
    pub(crate) link: Option<String>,
    pub(crate) likes: Option<Count>,
    pub(crate) comments: Option<Count>,
    pub(crate) images: Option<Images>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Text {
    pub(crate) text: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Count {
    pub(crate) count: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Images {
    pub(crate) standard_resolution: Image,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Image {
    pub(crate) url: String,
}

/// The application's key and secret at the provider of one service.
#[derive(Clone)]
pub struct ServiceKey {
    /// The connector's key.
    pub connector: String,
    /// The API key.
    pub api_key: String,
    /// The API secret.
    pub api_secret: Secret,
}

impl ServiceKey {
    pub(crate) fn registration(&self, callback_url: &str) -> Result<Registration, BuildError> {
        let callback_url = CallbackUrl::try_from(callback_url.to_owned())?;
        Registration::new(self.connector.as_str(), &self.api_key, self.api_secret.clone(), callback_url)
    }
}

impl fmt::Debug for ServiceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceKey").field("connector", &self.connector).finish_non_exhaustive()
    }
}
