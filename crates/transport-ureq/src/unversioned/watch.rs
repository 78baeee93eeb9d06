//! Sees whether a request began to leave. ureq's errors alone cannot tell: it reports a failed TLS handshake and a cut
//! response in the same words.

use std::cell::Cell;
use std::io::ErrorKind;
use std::sync::Arc;

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

thread_local! {
    /// ureq resolves, connects and writes on the thread of the caller, so that a call needs no other name than its thread.
    /// Should that change, nothing is seen here, and nothing is claimed.
    static UNSENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs one call, and says whether it is known to have ended before any byte of its request was handed to a connection.
pub(crate) fn unsent_after<T>(call: impl FnOnce() -> T) -> (T, bool) {
    UNSENT.set(false);
    (call(), UNSENT.get())
}

/// As the resolver it sees lookups that fail; as the outermost connector it sees connections that fail, and on those that do
/// not, the request, with TLS and a proxy's tunnel already behind it.
#[derive(Debug)]
pub(crate) struct Watched<T>(pub(crate) T);

impl<T: Resolver> Resolver for Watched<T> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let resolved = self.0.resolve(uri, config, timeout);
        UNSENT.set(resolved.is_err());
        resolved
    }
}

impl<T: Connector<Out = Box<dyn Transport>>> Connector for Watched<T> {
    type Out = Watched<Box<dyn Transport>>;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Self::Out>, Error> {
        let connected = self.0.connect(&of_the_agent(details), None);
        // ureq opens a proxy's tunnel through this same connector; the bytes of that were not the request's.
        UNSENT.set(connected.is_err());
        Ok(connected?.map(Watched))
    }
}

/// Every setting of a request is one of the call's own here, except for TLS: with that taken as the agent's, the TLS library
/// is configured once, and sessions are resumed.
fn of_the_agent<'a>(details: &ConnectionDetails<'a>) -> ConnectionDetails<'a> {
    ConnectionDetails {
        uri: details.uri,
        addrs: details.addrs.clone(),
        config: details.config,
        request_level: false,
        resolver: details.resolver,
        now: details.now,
        timeout: details.timeout,
        current_time: Arc::clone(&details.current_time),
        run_connector: Arc::clone(&details.run_connector),
        register_shutdown: Arc::clone(&details.register_shutdown),
    }
}

impl Transport for Watched<Box<dyn Transport>> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // Before the write: one that fails may have sent a part.
        UNSENT.set(false);
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            // ureq takes these for the end of a body without a length; a cut body must stay an error.
            Error::Io(io) if matches!(io.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => {
                Error::Io(ErrorKind::BrokenPipe.into())
            }
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
