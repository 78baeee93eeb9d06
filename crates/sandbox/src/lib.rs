//! The platform's side of Cloud Your_moms, to run and test an application against with no account and no network.
//!
//! [`Sandbox`] is a pure state machine: the platform's API in both vocabularies, a [`Catalogue`] of connectors, accounts
//! that do not see each other, and OAuth providers (2.0 and 1.0a) with a consent page, where several people have accounts
//! with objects of their own. It reads requests on its own, independently of the client, so that the two check each other.
//!
//! * [`SandboxTransport`] is a sandbox in-process, for an application's tests.
//! * `Server` (feature `server`, on by default) puts it on a loopback socket, for browsers and other programs. Its pages
//!   show a person what it knows and did, and `/_sandbox` is the same as JSON, for tests in any language.
//!
//! The three steps, in-process:
//!
//! ```
//! use http::Request;
//! use serde_json::{Value, json};
//! use your_moms_core::Transport as _;
//! use your_moms_sandbox::{Noun, Sandbox, SandboxTransport};
//!
//! let transport = SandboxTransport::new(Sandbox::new(1));
//! let base = transport.sandbox().base_url(Noun::YourMom);
//! let credentials = transport.sandbox().credentials().clone();
//! let client = transport.sandbox().client("instagram").cloned().ok_or("no such connector")?;
//! let callback = "http://127.0.0.1:8080/callback";
//!
//! // Step 1: where to send the user.
//! let body = json!({ "apiKey": client.api_key, "apiSecret": client.api_secret, "callbackUrl": callback });
//! let request = Request::post(format!("{base}/your_moms/instagram/oauth/url"))
//!     .header("content-type", "application/json")
//!     .body(body.to_string().into_bytes())?;
//! let response: Value = serde_json::from_slice(transport.send(request)?.body())?;
//!
//! // The user presses Allow, and the provider sends the browser back with a code.
//! let redirect = transport.allow(response["oauthUrl"].as_str().unwrap_or_default())?;
//! let query = redirect.split(['?', '#']).nth(1).unwrap_or_default();
//! let (_, code) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code").ok_or("denied")?;
//!
//! // Step 2: the instance.
//! let body = json!({
//!     "your_mom": { "key": "instagram" },
//!     "providerData": { "code": code },
//!     "configuration": {
//!         "oauth.api.key": client.api_key,
//!         "oauth.api.secret": client.api_secret,
//!         "oauth.callback.url": callback,
//!     },
//!     "name": "Test",
//! });
//! let (user, organization) = (&credentials.user_secret, &credentials.organization_secret);
//! let request = Request::post(format!("{base}/instances"))
//!     .header("authorization", format!("User {user}, Organization {organization}"))
//!     .header("content-type", "application/json")
//!     .body(body.to_string().into_bytes())?;
//! let instance: Value = serde_json::from_slice(transport.send(request)?.body())?;
//! assert_eq!(instance["name"], "Test");
//! assert_eq!(transport.sandbox().instances().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every secret, token and code it makes begins with `sandbox-`; nothing here reaches a real service.

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod account;
mod authorization;
mod behaviour;
mod catalogue;
mod connectors;
mod console;
mod control;
mod cors;
mod credentials;
mod fault;
mod handle;
mod inspector;
mod instance;
mod journal;
mod markup;
mod noun;
mod objects;
mod params;
mod platform;
mod press;
mod provider;
mod random;
mod response;
mod route;
mod sandbox;
#[cfg(feature = "server")]
mod server;
mod transport;

pub use behaviour::Behaviour;
pub use catalogue::{Catalogue, CatalogueError};
pub use connectors::ConnectorSummary;
pub use console::Decision;
pub use credentials::{Client, Credentials};
pub use fault::{Armed, Fault, FaultError, Moment, Reply, Substitute, Times};
pub use instance::InstanceSummary;
pub use journal::{Message, Record};
pub use noun::Noun;
pub use press::PressError;
pub use route::{Call, UnknownCall};
pub use sandbox::Sandbox;
#[cfg(feature = "server")]
pub use server::{Crowd, Listener, Server, serve_until};
pub use transport::SandboxTransport;
