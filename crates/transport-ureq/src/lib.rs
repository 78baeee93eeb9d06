//! [`Transport`](your_moms_core::Transport) over [`ureq`], for programs without an async runtime.
//!
//! ```no_run
//! use your_moms_core::{Limits, Transport};
//! use your_moms_ureq::UreqTransport;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let transport = UreqTransport::new(Limits::default());
//! let response = transport.send(http::Request::get("https://api.example/ping").body(Vec::new())?)?;
//! println!("{}", response.status());
//! # Ok(()) }
//! ```
//!
//! # TLS
//!
//! No TLS library is chosen for you, and without one every `https` request fails. Turn on the feature `rustls` of this
//! crate, or any TLS feature of [`ureq`] itself, for instance `ureq = { version = "3", default-features = false,
//! features = ["native-tls"] }` beside this crate. ureq panics at the first `https` request if its configuration names
//! a TLS provider that is not compiled in; the default names rustls. Own roots, client certificates, providers and
//! proxies go into [`UreqTransport::with_config`].
//!
//! # What it turns off
//!
//! The policy of the contract is set on every request, after the caller's own settings, so that it holds whatever these
//! are: redirects, statuses as errors, added `accept` headers, proxies from the environment for anything but `https`.
//!
//! Two things stay as ureq has them. With its feature `gzip` or `brotli`, an answer that is compressed although nobody
//! asked for it comes back decoded, within the limit on its size. And ureq reads only when it has sent all: the early
//! answer of a server that takes no more of a large body is lost, and the call ends with its time limit.
//!
//! Leave ureq's feature `cookies` off: the feature alone turns a cookie jar on, and no setting turns it off.
//!
//! # Logs
//!
//! At level `TRACE` the targets `ureq` and `ureq_proto` log the URL, the `Authorization` header and the answer, and no
//! setting of ureq's prevents it. Keep both at `DEBUG` or above.

mod error;
mod transport;
mod watch;

pub use transport::UreqTransport;
pub use ureq;
