//! The calls of the platform, one a file.

mod call;
mod connector_configuration;
mod create_instance;
mod list_instances;
mod oauth_url;

pub use call::{Answer, Call};
pub use connector_configuration::{ConfigurationEntry, ConnectorConfiguration};
pub(crate) use create_instance::Begun;
pub use create_instance::CreateInstance;
pub use list_instances::{InstancePage, ListInstances};
pub use oauth_url::{AuthorizationUrl, OauthUrl, UncheckedOauthUrl};
