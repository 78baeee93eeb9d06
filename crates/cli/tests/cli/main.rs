//! The real program, run as a user runs it.
#![expect(clippy::needless_raw_string_hashes, reason = "snapshots are written with them")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod call;
mod check;
mod connectors;
mod curl;
#[cfg(unix)]
mod docs;
mod help;
mod instances;
#[cfg(target_os = "linux")]
mod interrupts;
mod later;
mod masks;
mod oauth1;
#[cfg(target_os = "linux")]
mod output;
mod paste;
mod platform;
#[cfg(unix)]
mod pty;
mod recover;
mod redirect;
mod sandbox_flow;
mod served;
mod store;
mod support;
#[cfg(unix)]
mod terminal;
mod tls;
mod values;
