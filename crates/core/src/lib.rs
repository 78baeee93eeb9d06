//! Connects an application to its users' accounts at third-party services, through the platform "Cloud Your_moms" (and
//! through deployments that call their connectors something else, such as SAP Open Connectors).
//!
//! Connecting one account takes three steps:
//!
//! 1. ask the platform where to send the user ([`OauthUrl`]),
//! 2. read the redirect with which the user comes back: a code, or a denial ([`Callback`]),
//! 3. create an *instance* ([`CreateInstance`]) and keep what comes back: its token is needed for every later call
//!    ([`Instance`], [`Call`]).
//!
//! This crate decides everything and does nothing: there is no socket, clock, randomness or runtime in it. Requests are
//! [`http::Request`]s that come out, answers are [`http::Response`]s that go in. [`Pending`] ties the three steps
//! together as plain data.
//!
//! # Without a client
//!
//! An [`Operation`] builds its request and reads its answer; how the bytes travel is the caller's business.
//!
//! ```
//! use http::Response;
//! use your_moms_core::{CreateInstance, Credentials, Operation, Platform};
//!
//! let platform = Platform::new(Platform::BASE_URL, Credentials::new("user-secret", "organization-secret")?)?;
//! let create = CreateInstance::new("helpdesk").configuration("username", "me").configuration("password", "hunter2");
//! let request = create.request(&platform)?;
//! assert_eq!(request.uri().path(), "/your_moms/api-v2/instances");
//!
//! let response = Response::new(br#"{"id": 123, "token": "5MOr3Sl/E4k=", "your_mom": {"key": "helpdesk"}}"#.as_slice());
//! let instance = CreateInstance::parse(response)?;
//! assert_eq!(instance.id(), 123);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Blocking
//!
//! [`Client`] drives any [`Transport`]: one of ours, or one in a few lines.
//!
//! ```
//! use http::{Request, Response};
//! use your_moms_core::{Client, Credentials, ListInstances, Platform, Transport, TransportError};
//!
//! struct Canned;
//!
//! impl Transport for Canned {
//!     fn send(&self, _request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
//!         Ok(Response::new(b"[]".to_vec()))
//!     }
//! }
//!
//! let platform = Platform::new(Platform::BASE_URL, Credentials::new("user-secret", "organization-secret")?)?;
//! let client = Client::new(platform, Canned, std::thread::sleep);
//! assert!(client.call(&ListInstances::new())?.instances.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Async
//!
//! [`AsyncClient`] is the same over an [`AsyncTransport`], on any executor: the timer is handed over.
//!
//! ```
//! use your_moms_core::{AsyncClient, AsyncTransport, Error, Instance, Pending, Platform, ClientCredentials};
//! use std::time::SystemTime;
//!
//! /// What a web application does when the provider redirects its user back.
//! async fn handle_redirect<T: AsyncTransport>(
//!     client: &AsyncClient<T>,
//!     pending: Pending,
//!     registration: &ClientCredentials,
//!     request_target: &str,
//!     marker: &str,
//! ) -> Result<Instance, Box<dyn std::error::Error>> {
//!     let callback = pending.read(request_target, SystemTime::now())?;
//!     let create = pending.finish(&callback, registration).name("Photos");
//!     Ok(client.provision(create, marker).await?)
//! }
//! ```
//!
//! # What is promised
//!
//! * **No secret is printed.** `Debug`, `Display` and error chains show no secret, code, token or authorization URL.
//!   `http::Request` itself prints everything: log a [`Redacted`] view, or show a person a [`curl`] command.
//! * **Nothing is made twice.** A request that is not idempotent is sent again only if nothing of it was sent, or
//!   the platform asked to wait (429; [`RetryPolicy`]). [`Client::provision`] finds the instance whose answer was lost.
//! * **No token is lost.** Answers are read leniently, unknown members survive, and an answer that cannot be read is kept
//!   in the error ([`ResponseError::body`]).

mod callback;
mod callback_url;
mod client;
mod client_credentials;
mod connect;
mod curl;
mod destination;
mod encode;
mod error;
mod exchange;
mod instance;
pub mod json;
mod limits;
mod noun;
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
pub mod text;
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
