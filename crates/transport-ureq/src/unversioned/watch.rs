//! Sees whether a request began to leave. ureq's errors alone cannot tell: it reports a failed TLS handshake and a cut
//! response in the same words.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// What is seen of a call.
#[derive(Debug, Default)]
struct Call {
    /// It tried to get a connection.
    connects: AtomicBool,
    /// A byte was handed to one.
    sends: AtomicBool,
}

thread_local! {
    /// The call on this thread. ureq connects on the thread of the caller; should that change, nothing is seen here, and nothing
    /// is claimed.
    static CALL: RefCell<Arc<Call>> = RefCell::default();
}

/// The call on this thread, which tries to get a connection.
fn connecting() -> Arc<Call> {
    let call = CALL.with_borrow(Arc::clone);
    call.connects.store(true, Ordering::SeqCst);
    call
}

/// What was seen of a call that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It did not get so far as to ask for a connection, unless unseen.
    Nothing,
    /// It asked for a connection, and no byte of the request was handed to one.
    Unsent,
    /// A byte of the request was handed to a connection.
    Sent,
}

/// Runs one call, and says what was seen of it.
pub(crate) fn watch<T>(call: impl FnOnce() -> T) -> (T, Seen) {
    CALL.take();
    let result = call();
    let call = CALL.take();
    let seen = match (call.connects.load(Ordering::SeqCst), call.sends.load(Ordering::SeqCst)) {
        (_, true) => Seen::Sent,
        (true, false) => Seen::Unsent,
        (false, false) => Seen::Nothing,
    };
    (result, seen)
}

/// The resolver, whose failures are seen.
#[derive(Debug)]
pub(crate) struct WatchedResolver<T>(pub(crate) T);

impl<T: Resolver> Resolver for WatchedResolver<T> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).inspect_err(|_| drop(connecting()))
    }
}

/// The outermost connector: what passes its connections is the request, with TLS and a proxy's tunnel already behind it.
#[derive(Debug)]
pub(crate) struct WatchedConnector<T>(pub(crate) T);

impl<T: Connector<Out = Box<dyn Transport>>> Connector for WatchedConnector<T> {
    type Out = Watched;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Self::Out>, Error> {
        let call = connecting();
        // ureq opens a proxy's tunnel through this same connector; the bytes of that are not the request's.
        let before = call.sends.load(Ordering::SeqCst);
        let connected = self.0.connect(&of_the_agent(details), None);
        call.sends.store(before, Ordering::SeqCst);
        Ok(connected?.map(|connection| Watched { connection, call }))
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

#[derive(Debug)]
pub(crate) struct Watched {
    connection: Box<dyn Transport>,
    call: Arc<Call>,
}

impl Transport for Watched {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.connection.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // Before the write: one that fails may have sent a part.
        self.call.sends.store(true, Ordering::SeqCst);
        self.connection.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.connection.await_input(timeout).map_err(|error| match error {
            // ureq takes these for the end of a body without a length; a cut body must stay an error.
            Error::Io(io) if matches!(io.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => {
                Error::Io(ErrorKind::BrokenPipe.into())
            }
            error => error,
        })
    }

    /// ureq asks a kept connection before a call gets it.
    fn is_open(&mut self) -> bool {
        let is_open = self.connection.is_open();
        self.call = connecting();
        is_open
    }

    fn is_tls(&self) -> bool {
        self.connection.is_tls()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn what_is_not_seen_is_not_claimed() {
        let fails = || drop(connecting());
        let sends = || connecting().sends.store(true, Ordering::SeqCst);
        assert_eq!(watch(fails), ((), Seen::Unsent));
        assert_eq!(watch(sends), ((), Seen::Sent));
        assert_eq!(watch(|| "nothing"), ("nothing", Seen::Nothing));
        assert_eq!(watch(|| thread::spawn(fails).join().is_ok()), (true, Seen::Nothing));
        // Whatever a caller's own middleware tries afterwards.
        assert_eq!(watch(|| (sends(), fails())), (((), ()), Seen::Sent));
    }
}
