//! The contract of a transport, as checks anyone can run on theirs.
//!
//! The Cloud Your_moms client sends its requests through a [`Transport`] or an [`AsyncTransport`]. HTTP libraries follow
//! redirects, send again, wait forever, read without end and print URLs, unless told otherwise; each of these loses a
//! secret or makes an instance twice. The checks show in a minute whether a transport is safe, with real connections to
//! servers of their own on loopback.
//!
//! ```no_run
//! # struct MyTransport;
//! # impl MyTransport { fn new(_: your_moms_core::Limits, _: &[u8], _: Option<&str>) -> Self { Self } }
//! # impl your_moms_core::Transport for MyTransport {
//! #     fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, your_moms_core::TransportError> {
//! #         Ok(http::Response::new(Vec::new()))
//! #     }
//! # }
//! // In a test:
//! your_moms_transport_testkit::check(move |settings| {
//!     MyTransport::new(settings.limits, &settings.root_certificate, settings.proxy.as_deref())
//! });
//! ```
//!
//! For an asynchronous transport, [`check_async`] takes what runs a future as well. The closures own what they use, `move`
//! and all: a call that does not end is abandoned, so they can live longer than the test.
//!
//! A check that fails says what was seen, why the rule is there and what to change. [`Kit`] runs single checks, leaves
//! some out, and gives the results as data.
//!
//! What an error says of its *delivery* is judged: `NotSent` of something that was sent is the failure that matters most,
//! and `Unknown` is always right. Its *kind* is advice, and one that could be more exact a [`Warning`] – except
//! `InvalidRequest` and `NoTls`, after which the client does not try again.
//!
//! The kit runs in any kind of test, in any runtime or none; the calling thread waits for it. Each check is watched: one
//! that does not end is abandoned some seconds after its time limit, and is a failure. Two checks need a process to themselves:
//! they run the calling test once more, in another process, as far as to where its kit is made. `environment-proxy` changes the
//! environment of that process, and `dns-hangs` its network, in which there is nothing but the kit. That takes Linux, `unshare`,
//! `ip`, `mount` and the permission to use them, which containers often refuse. Without them the check is skipped, which
//! [`Report::skipped`] tells and [`Report::assert`] prints.
//!
#![doc = include_str!("NAMES.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod certificates;
mod checks;
mod child;
mod fault;
mod faults;
mod finding;
mod http2;
mod kit;
mod name_server;
mod names;
mod namespace;
mod observation;
mod outcome;
mod own_test;
mod preflight;
mod proxy;
mod report;
mod request;
mod rerun;
mod server;
mod server_group;
mod settings;
mod skipped;
mod stop;
mod subject;
mod transcript;
mod verdict;
mod warning;
mod watchdog;
mod wire;

use std::future::Future;
use std::pin::Pin;

use your_moms_core::{AsyncTransport, Transport};

pub use kit::Kit;
pub use outcome::Outcome;
pub use preflight::PREFLIGHT_CHECK;
pub use report::{Cell, Failure, ONCE_CHECK, Report, SECRET_CHECK};
pub use request::SENTINELS;
pub use settings::Settings;
pub use skipped::Skipped;
pub use warning::Warning;

/// Runs every check on a blocking transport.
///
/// `make` makes the transport as [`Settings`] ask for it; it is called for each check, from several threads.
///
/// # Panics
/// With every broken rule, if there are any.
#[track_caller]
pub fn check<T: Transport + 'static>(make: impl Fn(&Settings) -> T + Send + Sync + 'static) {
    Kit::blocking(make).run().assert();
}

/// Runs every check on an asynchronous transport.
///
/// `block_on` runs a future to its end on the executor that the transport needs, and is called from several threads. For
/// tokio: `let runtime = tokio::runtime::Runtime::new()?;` and `move |future| runtime.block_on(future)`. The calling thread
/// waits for the checks; in a `#[tokio::test]` the kit needs a runtime besides the test's own.
///
/// # Panics
/// With every broken rule, if there are any.
#[track_caller]
pub fn check_async<T: AsyncTransport + 'static>(
    block_on: impl Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>) + Send + Sync + 'static,
    make: impl Fn(&Settings) -> T + Send + Sync + 'static,
) {
    Kit::asynchronous(block_on, make).run().assert();
}
