//! The platform's side of Cloud Your_moms, to run and test an application against with no account and no network.
//!
//! [`Sandbox`] is a pure state machine: the platform's API in both vocabularies, a catalogue of three connectors, and
//! an OAuth 2 provider with a consent page. It reads requests on its own, independently of the client, so that the two
//! check each other.
//!
//! * [`SandboxTransport`] is a sandbox in-process, for an application's tests.
//! * `Server` (feature `server`, on by default) puts it on a loopback socket, for browsers and other programs.
//!
//! Every secret, token and code it makes begins with `sandbox-`; nothing here reaches a real service.

mod answer;
mod authorization;
mod catalogue;
mod credentials;
mod fault;
mod instance;
mod journal;
mod noun;
mod params;
mod platform;
mod press;
mod provider;
mod random;
mod route;
mod sandbox;
#[cfg(feature = "server")]
mod server;
mod transport;

pub use credentials::{Client, Credentials};
pub use fault::{Fault, Moment, Reply};
pub use instance::InstanceSummary;
pub use journal::Record;
pub use noun::Noun;
pub use press::PressError;
pub use route::Call;
pub use sandbox::Sandbox;
#[cfg(feature = "server")]
pub use server::{Listener, Server};
pub use transport::SandboxTransport;
