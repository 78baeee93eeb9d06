//! Sees whether a request began to leave. ureq's errors alone cannot tell: it reports a failed TLS handshake and a cut
//! response in the same words.

use std::cell::Cell;
use std::io::ErrorKind;

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};

thread_local! {
    /// ureq connects and writes on the thread of the caller, so that a call needs no other name than its thread.
    static SENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs one call, and says whether any byte of its request was handed to a connection.
pub(crate) fn sent_during<T>(call: impl FnOnce() -> T) -> (T, bool) {
    SENT.set(false);
    (call(), SENT.get())
}

/// The outermost connector: what passes here is the request, with TLS and a proxy's tunnel already behind it.
#[derive(Debug)]
pub(crate) struct Watched<T>(T);

impl Watched<DefaultConnector> {
    pub(crate) fn new(connector: DefaultConnector) -> Self {
        Self(connector)
    }
}

impl Connector for Watched<DefaultConnector> {
    type Out = Watched<Box<dyn Transport>>;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Self::Out>, Error> {
        let connected = self.0.connect(details, None);
        // ureq opens a proxy's tunnel through this same connector; the bytes of that were not the request's.
        SENT.set(false);
        Ok(connected?.map(Watched))
    }
}

impl Transport for Watched<Box<dyn Transport>> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // Before the write: one that fails may have sent a part.
        SENT.set(SENT.get() || amount > 0);
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

/// Gives a failed lookup a name of its own: the system's resolver reports it as an I/O error like any other.
#[derive(Debug, Default)]
pub(crate) struct NamedFailure(DefaultResolver);

impl Resolver for NamedFailure {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(|error| match error {
            Error::Io(_) => Error::HostNotFound,
            error => error,
        })
    }
}
