//! Connects an application to its users' accounts at third-party services, through the platform "Cloud Your_moms" (and
//! through deployments that call their connectors something else, such as SAP Open Connectors).
//!
//! Connecting one account takes three steps: ask the platform where to send the user; read the redirect with which the user
//! comes back, a code or a denial; create an *instance*, whose token the application keeps for every further call.
//!
//! # Blocking
//!
//! ```
//! use std::time::SystemTime;
//! use your_moms_core::{Credentials, InstanceRequest, Instance, Page, Platform, Registration};
//!
//! # use your_moms_core::CreateRecord;
//! # #[derive(serde::Deserialize)] struct Media {}
//! # mod your_moms_ureq {
//! #     use your_moms_core::{Client, Platform, Transport, transport_fn};
//! #     pub fn client(platform: Platform) -> Client<impl Transport> {
//! #         Client::new(platform, transport_fn(|_| unreachable!()), std::thread::sleep, getrandom::fill)
//! #     }
//! # }
//! # fn store(_: &CreateRecord) {}
//! # fn connect(user: &str, organization: &str, api_key: &str, api_secret: &str, request_target: &str)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! let client = your_moms_ureq::client(Platform::new(Platform::BASE_URL, Credentials::new(user, organization)?)?);
//! let registration = Registration::new("instagram", api_key, api_secret, "https://app.example/callback")?;
//!
//! // Step 1: send the user's browser to `url`, and keep `pending` in this user's session.
//! let (url, pending) = client.authorize(&registration, SystemTime::now())?;
//!
//! // Step 2: the redirect. The state is compared first, in constant time, and is good for ten minutes.
//! let authorized = pending.verify(request_target, SystemTime::now())?;
//!
//! // Step 3: exactly once. The record is plain data without secrets: keep it before sending.
//! let create = authorized.create(&registration)?.name("My photos");
//! let record = create.record();
//! store(&record);
//! let instance = client.create(&create)?;
//!
//! // Every further call, with the token that the instance holds.
//! let media: Page<Media> = client.call(&InstanceRequest::get("/hubs/social/media", instance.token()).page())?;
//!
//! // After a crash, in any process:
//! let found: Option<Instance> = client.recover(&record)?;
//! # Ok(()) }
//! ```
//!
//! # Async
//!
//! The same over [`AsyncClient`]: `your_moms_reqwest::client(platform)?`, and `.await` after each call.
//!
//! ```
//! # use std::time::SystemTime;
//! # use your_moms_core::{AsyncClient, AsyncTransport, CreateRecord, Instance, PendingAuthorization, Registration};
//! # async fn store(_: &CreateRecord) {}
//! /// The task that the handler of the callback URL starts: it outlives the browser's request.
//! async fn connect<T: AsyncTransport>(
//!     client: AsyncClient<T>,
//!     registration: Registration,
//!     pending: PendingAuthorization,
//!     request_target: String,
//! ) -> Result<Instance, Box<dyn std::error::Error + Send + Sync>> {
//!     let authorized = pending.verify(&request_target, SystemTime::now())?;
//!     let create = authorized.create(&registration)?.name("My photos");
//!     store(&create.record()).await;
//!     Ok(client.create(&create).await?)
//! }
//! ```
//!
//! # Security
//!
//! * **Keep the pending authorization in this user's session**, on the server or signed (with OAuth 1.0a on the server: it then
//!   holds a secret), and find it there, never by `state`
//!   alone: anyone can start an authorization of their own and have somebody else's browser open its redirect. Take it out of
//!   the session once [`matches`](PendingAuthorization::matches) says yes, before the code is used; until then a stray or
//!   forged redirect uses nothing up.
//! * **The session's cookie is `SameSite=Lax`**, `Secure` and `HttpOnly`. With `Strict` the browser leaves it out when it comes
//!   back from the provider.
//! * **Create in a task that outlives the browser's request**, and store the [`CreateRecord`] first. The platform takes 9 to 26
//!   seconds to make an instance; a user who closes the page, or a process that is killed, must not lose it.
//! * **An instance and an [`Authorized`] hold secrets.** They have no `Serialize`; what is stored is
//!   [`Instance::expose`] and [`Authorized::expose`], encrypted.
//! * **The documented request for the OAuth URL has the client secret in its query**, where logs of URLs keep it.
//!   [`Registration::in_body`] sends it in a body, where the deployment knows that form.
//! * **`http::Request` prints everything.** Log a [`Redacted`] view, or show a person a [`curl`] command.
//!
//! # What is promised
//!
//! * **No secret is printed**: not by `Debug`, `Display` or an error chain.
//! * **Nothing is made twice.** A request that is not idempotent is sent again only if it has certainly not happened
//!   ([`RetryPolicy`]). A creation whose response was lost is searched for ([`CreateOnce`]).
//! * **No token is lost.** Responses are read leniently, unknown members survive, and a response that cannot be read, or was
//!   cut, is kept in the error ([`ResponseError::body`], [`TransportError::partial_body`]).
//!
//! # Your own transport
//!
//! Any HTTP client will do: [`Transport`] and [`AsyncTransport`] have the contract, and [`transport_fn`] makes one of a closure.
//! On wasm32 nothing need be `Send`.
//!
//! # Driving the machines
//!
//! There is no socket, clock, randomness or runtime in this crate. Every call is a [`Machine`] that says what to send and how
//! long to wait; the clients are two loops around it. Code with needs of its own drives it directly, with [`Entropy`] of its
//! own. One request alone is [`Operation::request`] and [`Operation::parse`]:
//!
//! ```
//! use http::Response;
//! use your_moms_core::{Credentials, GetInstance, Operation, Platform};
//!
//! let platform = Platform::new(Platform::BASE_URL, Credentials::new("user-secret", "organization-secret")?)?;
//! let request = GetInstance::new(123).request(&platform)?;
//! assert_eq!(request.uri().path(), "/your_moms/api-v2/instances/123");
//!
//! let response = Response::new(br#"{"id": 123, "token": "5MOr3Sl/E4k=", "your_mom": {"key": "helpdesk"}}"#.as_slice());
//! assert_eq!(GetInstance::parse(response)?.id(), 123);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! `tracing` (off by default): one span per call and one event per attempt, with OpenTelemetry's stable names; operation, attempt, wait and
//! request id, never a query, a header's value or a body.

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod client;
mod connect;
mod error;
mod exchange;
mod instance;
mod oauth;
mod operations;
mod platform;
mod privacy;
pub mod text;
mod transport;
mod wire;

pub use client::{AsyncClient, AsyncPages, Client, Items, Pages};
pub use connect::{Authorized, ExposedAuthorized, PendingAuthorization};
pub use error::{
    BuildError, CallbackError, Delivery, Denial, EntropyErrorKind, Error, ErrorClass, MalformedKind,
    PathErrorKind, ResponseError, ResponseErrorKind, TransportError, TransportErrorKind, UntrustedOauthUrl,
    UrlErrorKind, ValueErrorKind,
};
pub use exchange::{
    Authorize, Awaiting, CreateOnce, Disconnect, Event, Exchange, Machine, RetryPolicy, Search, Step,
};
pub use instance::{ConfigurationValue, Connector, ExposedInstance, Instance, InstanceToken, Json};
pub use oauth::{Callback, CallbackUrl, ConnectorKey, Entropy, Marker, Registration, State};
pub use operations::*;
pub use platform::{Credentials, Platform, Vocabulary};
pub use privacy::{Redacted, Secret};
pub use transport::{
    AsyncTransport, CallContext, Elapsed, Limits, MaybeSend, MaybeSync, Reply, Transport, TransportFn,
    async_transport_fn, check_destination, transport_fn,
};
pub use wire::{FromResponse, InstanceResponse, Page, RequestBuilder, curl, expect_success};
