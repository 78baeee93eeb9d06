//! The calls of the platform, one a file, each named by a verb: how its request is built and how its response is read. When
//! a call is sent, how often and by whom is not known here.

mod authorization_url;
mod create_instance;
mod create_record;
mod delete_instance;
mod disable_instance;
mod enable_instance;
mod get_connector;
mod get_connector_configuration;
mod get_instance;
mod get_instance_configuration;
mod get_oauth1_token;
mod get_oauth_url;
mod instance_request;
mod list_connectors;
mod list_instances;
mod operation;
mod paged;
mod ping;
mod target;
mod update_instance;
mod update_instance_configuration;
mod with_header;

pub use authorization_url::{AuthorizationUrl, UncheckedOauthUrl};
pub use create_instance::CreateInstance;
pub(crate) use create_instance::{Creation, StartedOn};
pub use create_record::CreateRecord;
pub use delete_instance::DeleteInstance;
pub use disable_instance::DisableInstance;
pub use enable_instance::EnableInstance;
pub use get_connector::GetConnector;
pub use get_connector_configuration::{ConfigurationEntry, GetConnectorConfiguration};
pub use get_instance::GetInstance;
pub use get_instance_configuration::{GetInstanceConfiguration, InstanceConfigurationEntry};
pub use get_oauth_url::GetOauthUrl;
pub use get_oauth1_token::{GetOauth1Token, Oauth1Token};
pub use instance_request::InstanceRequest;
pub use list_connectors::ListConnectors;
pub use list_instances::ListInstances;
pub use operation::Operation;
pub use paged::Paged;
pub use ping::{Ping, Pong};
pub use target::InstanceTarget;
pub use update_instance::UpdateInstance;
pub use update_instance_configuration::UpdateInstanceConfiguration;
pub use with_header::WithHeader;
