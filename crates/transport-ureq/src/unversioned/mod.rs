//! What is built on [`ureq::unversioned`], which ureq may change with any minor version: nothing else in this crate uses it.
//!
//! It gives the transport four things that ureq's settings do not: whether a request began to leave, a cut body that stays
//! an error, one TLS configuration for all connections, and lookups that are not repeated. It errs on the safe side: where it
//! has not seen that nothing was sent, a failed request counts as possibly sent.

mod lookup;
mod watch;

pub(crate) use watch::{Seen, watch};

use ureq::Agent;
use ureq::config::Config;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;

use lookup::Lookup;
use watch::{WatchedConnector, WatchedResolver};

/// An agent whose calls are watched.
pub(crate) fn agent(config: Config) -> Agent {
    Agent::with_parts(
        config,
        WatchedConnector(DefaultConnector::default()),
        WatchedResolver(Lookup::new(DefaultResolver::default())),
    )
}
