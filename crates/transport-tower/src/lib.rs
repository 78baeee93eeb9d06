//! The Cloud Your_moms client over [tower](https://docs.rs/tower): over any `tower::Service<http::Request<_>>`, with the
//! layers that an application has around its own. [`TowerTransport`] adapts it; this crate brings no HTTP library and no runtime.
//!
//! The whole of it, over hyper-util's client:
//!
//! ```
#![doc = include_str!("../examples/layers.rs")]
//! ```
//!
//! # Layers
//!
//! A transport sends a request at most once, as it is, to the host it names. A service cannot be asked whether it does, so
//! prove it with `your-moms-transport-testkit`, on the whole with its layers.
//!
//! * **Never a layer that sends twice**: `tower::retry`, `tower::hedge`. A second `POST` makes a second instance. The client
//!   repeats what may be repeated, and only the last try's error would reach it: `NotSent`, after one that was sent.
//! * **Never a layer that follows redirects**: `tower_http::follow_redirect`. It carries secrets to another host.
//! * **Limits on concurrency and rate** count towards the time of a try, and what ends there has not been sent. Each service
//!   that a layer makes has a limit of its own; `GlobalConcurrencyLimitLayer` makes one for both.
//! * **`tower::timeout`** ends at the response's head. The transport's own limits include the body.
//! * **Decompression** is limited by [`Limits::response_bytes`](your_moms_core::Limits::response_bytes), which counts what comes out.
//! * **A service that is not `Clone` or not `Sync`** becomes both behind `tower::buffer`.
//!
//! # Logs
//!
//! **Do not use `tower_http::trace::TraceLayer` with its default span**: it records the URL with its query, and the headers if
//! asked, which hold secrets. Make the span of what [`CallContext`](your_moms_core::CallContext) says, as above, or of a
//! [`Redacted`](your_moms_core::Redacted) view of the request. The same goes for any layer of your own.

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod deadline;
mod exchange;
mod service;
mod transport;

pub use service::HttpService;
pub use transport::TowerTransport;
