//! [`AsyncTransport`](your_moms_core::AsyncTransport) over [`reqwest`], for programs on tokio.
//!
//! ```no_run
//! use your_moms_core::{AsyncTransport, Limits};
//! use your_moms_reqwest::ReqwestTransport;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let transport = ReqwestTransport::new(Limits::default())?;
//! let response = transport.send(http::Request::get("https://api.example/ping").body(Vec::new())?).await?;
//! println!("{}", response.status());
//! # Ok(()) }
//! ```
//!
//! # TLS
//!
//! No TLS library is chosen for you, and without one every `https` request fails. Turn on the feature `rustls` of this
//! crate, or any TLS feature of [`reqwest`] itself, for instance `reqwest = { version = "0.13", default-features =
//! false, features = ["native-tls"] }` beside this crate. (With its `rustls-no-provider`, install a provider before you
//! make a transport: reqwest panics otherwise.) HTTP/2 is the feature `http2`. Own roots, client certificates
//! and proxies go into [`ReqwestTransport::with_builder`].
//!
//! # What it turns off
//!
//! The policy of the contract is set after the caller's own settings, so that it holds whatever these are: redirects,
//! the `Referer` header, resending over HTTP/2, decompression, proxies from the environment for anything but `https`.
//!
//! If another crate turns on reqwest's feature `cookies`, leave its cookie store off: it would add headers to requests.
//!
//! # Logs
//!
//! `reqwest`, `hyper` and `hyper_util` log host names at level `DEBUG`, and `TRACE` shows more. Keep them at `INFO`
//! where logs are not as secret as the requests.

mod environment;
mod error;
mod transport;

pub use environment::environment_proxy;
pub use reqwest;
pub use transport::ReqwestTransport;
