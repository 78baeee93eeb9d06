//! The Cloud Your_moms client over [`reqwest`], for programs on tokio. [`client`] brings everything:
//!
//! ```no_run
//! use your_moms_core::{Credentials, ListInstances, Platform};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (user_secret, organization_secret) = ("user-secret", "organization-secret");
//! let credentials = Credentials::new(user_secret, organization_secret)?;
//! let client = your_moms_reqwest::client(Platform::new(Platform::BASE_URL, credentials)?)?;
//! for instance in client.call(&ListInstances::new()).await?.items {
//!     println!("{} {}", instance.id(), instance.name().unwrap_or("(no name)"));
//! }
//! # Ok(()) }
//! ```
//!
//! The client is documented as [`AsyncClient`](your_moms_core::AsyncClient); it sends through [`ReqwestTransport`].
//!
//! # TLS
//!
//! No TLS library is chosen for you, and without one every `https` request fails with
//! [`TransportErrorKind::NoTls`](your_moms_core::TransportErrorKind::NoTls), before anything is sent. Turn on the feature
//! `rustls` of this crate, or any TLS feature of [`reqwest`] itself, for instance `reqwest = { version = "0.13",
//! default-features = false, features = ["native-tls"] }` beside this crate. HTTP/2 is the feature `http2`. Own roots,
//! client certificates and proxies go into [`ReqwestTransport::with_builder`].
//!
//! With reqwest's `rustls-no-provider` alone, install a provider of rustls before you make a client or a transport: reqwest
//! panics if there is none, and offers no way to find out.
//!
//! # What it turns off
//!
//! The policy of the contract is set after the caller's own settings, so that the caller's choice does not matter: redirects,
//! the `Referer` header, resending over HTTP/2, decompression, proxies from the environment for anything but `https`.
//!
//! If another crate turns on reqwest's feature `cookies`, leave its cookie store off: it would add headers to requests.
//!
//! # Logs
//!
//! `reqwest` (through [`log`](https://docs.rs/log)) and `hyper_util` and `h2` (through
//! [`tracing`](https://docs.rs/tracing)) log host names at level `DEBUG`, and at `TRACE` how the connection goes: no
//! target, header or body. The exception is
//! [`ClientBuilder::connection_verbose`](reqwest::ClientBuilder::connection_verbose), with which the target
//! `reqwest::connect::verbose` logs every byte at `TRACE`, secrets too: leave it off. A layer of your own that logs requests, such
//! as `tower_http`'s `TraceLayer`, shows the URL with its query; log
//! [`CallContext`](your_moms_core::CallContext) and [`Redacted`](your_moms_core::Redacted) in its place.

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod built_in;
mod client;
mod environment;
mod error;
mod transport;

pub use client::client;
pub use environment::environment_proxy;
pub use reqwest;
pub use transport::ReqwestTransport;
