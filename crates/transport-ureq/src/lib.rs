//! The Cloud Your_moms client over [`ureq`], for programs without an async runtime. [`client`] brings everything:
//!
//! ```no_run
//! use your_moms_core::{Credentials, ListInstances, Platform};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (user_secret, organization_secret) = ("user-secret", "organization-secret");
//! let credentials = Credentials::new(user_secret, organization_secret)?;
//! let client = your_moms_ureq::client(Platform::new(Platform::BASE_URL, credentials)?);
//! for instance in client.call(&ListInstances::new())?.items {
//!     println!("{} {}", instance.id(), instance.name().unwrap_or("(no name)"));
//! }
//! # Ok(()) }
//! ```
//!
//! The client is documented as [`Client`](your_moms_core::Client); it sends through [`UreqTransport`].
//!
//! # TLS
//!
//! No TLS library is chosen for you, and without one every `https` request fails with
//! [`TransportErrorKind::NoTls`](your_moms_core::TransportErrorKind::NoTls), before anything is sent. Turn on the feature
//! `rustls` of this crate, or any TLS feature of [`ureq`] itself, for instance `ureq = { version = "3", default-features =
//! false, features = ["native-tls"] }` beside this crate. Own roots, client certificates, providers and proxies go into
//! [`UreqTransport::with_config`].
//!
//! ureq panics at the first `https` request if its configuration names what is not compiled in: a TLS library (rustls by
//! default, whichever is on), the roots of a feature that is off, or, with `rustls-no-provider` alone, a provider of
//! rustls that is neither configured nor installed.
//!
//! # What it turns off
//!
//! The policy of the contract is set on every request, after the caller's own settings, so that the caller's choice does
//! not matter: redirects, statuses as errors, added `accept` headers, proxies from the environment for anything but `https`.
//!
//! Two things stay as ureq has them. With its feature `gzip` or `brotli`, a response that is compressed although nobody
//! asked for it comes back decoded, within the limit on its size. And ureq reads only when it has sent all: the early
//! response of a server that takes no more of a large body is lost, and the call ends with its time limit.
//!
//! Leave ureq's feature `cookies` off: the feature alone turns a cookie jar on, and no setting turns it off.
//!
//! # Logs
//!
//! ureq logs through [`log`](https://docs.rs/log), under the targets `ureq` and `ureq_proto`. At level `TRACE` it logs the whole
//! request and response: URL, `Authorization`, codes and tokens. At `DEBUG` it masks the URL, but only while *no* logger
//! in the program listens at `TRACE`: as soon as one output does, for whatever target, the records at `DEBUG` carry the query, to
//! all outputs. No setting of ureq's prevents it, so set a filter, for instance in `RUST_LOG`:
//!
//! ```text
//! RUST_LOG=debug,ureq=warn,ureq_proto=warn
//! ```
//!
//! For a log of requests, wrap the transport. [`CallContext`](your_moms_core::CallContext) names the operation and the try,
//! and [`Redacted`](your_moms_core::Redacted) shows a request without its values:
//!
//! ```
//! use http::Request;
//! use your_moms_core::{CallContext, Redacted, Reply, Transport};
//! use your_moms_ureq::UreqTransport;
//!
//! struct Logged(UreqTransport);
//!
//! impl Transport for Logged {
//!     fn send(&self, request: Request<Vec<u8>>) -> Reply {
//!         let context = CallContext::of(&request);
//!         eprintln!("{}, try {}: {}", context.operation, context.attempt, Redacted(&request));
//!         self.0.send(request)
//!     }
//! }
//! ```
//!
//! # Versions of ureq
//!
//! Whether a request began to leave, sessions of TLS that are resumed, and names that are not looked up twice: these are built
//! on [`ureq::unversioned`], which may change with a minor version of ureq, so that this crate is for one minor version. The
//! code for it is one module, and claims only what it has seen: where it has not seen that nothing was sent, the delivery is
//! [`Unknown`](your_moms_core::Delivery::Unknown).

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod built_in;
mod client;
mod error;
mod transport;
mod unversioned;

pub use client::client;
pub use transport::UreqTransport;
pub use ureq;
