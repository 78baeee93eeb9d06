//! The sans-IO core of the Cloud Your_moms client.

mod callback;
mod callback_url;
mod client;
mod client_credentials;
mod connect;
mod curl;
mod destination;
pub mod document;
mod encode;
mod error;
mod exchange;
mod instance;
pub mod json;
mod limits;
mod operation;
mod operations;
mod placeholder;
mod platform;
mod provision;
mod redact;
mod request;
mod retry;
mod secret;
mod state;
mod transport;
mod url;
mod value;

pub use callback::{Callback, CallbackError, Denial};
pub use callback_url::CallbackUrl;
pub use client::{AsyncClient, Client};
pub use client_credentials::ClientCredentials;
pub use connect::Pending;
pub use curl::curl;
pub use destination::check_destination;
pub use error::{BuildError, Error, ResponseError, ResponseErrorKind};
pub use exchange::{Exchange, Step};
pub use instance::{Connector, Instance, InstanceToken};
pub use limits::Limits;
pub use operation::Operation;
pub use operations::{
    Answer, AuthorizationUrl, Call, ConfigurationEntry, ConnectorConfiguration, CreateInstance, InstancePage,
    ListInstances, OauthUrl, UncheckedOauthUrl,
};
pub use platform::{AuthorizationParts, Credentials, Platform, Vocabulary};
pub use provision::{Marked, Provision};
pub use redact::Redacted;
pub use request::RequestBuilder;
pub use retry::{Attempt, RetryPolicy};
pub use secret::Secret;
pub use state::State;
pub use transport::{AsyncTransport, Cause, Delivery, Transport, TransportError};
pub use value::{ConfigurationValue, Json};
