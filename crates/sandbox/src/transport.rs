//! The sandbox in-process, as a transport: an application's tests need no socket.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use http::{Request, Response};
use your_moms_core::{AsyncTransport, Delivery, Transport, TransportError, TransportErrorKind};

use crate::fault::Reply;
use crate::journal::Record;
use crate::press::PressError;
use crate::sandbox::Sandbox;

/// One sandbox behind a lock. Clones share it.
///
/// ```
/// use http::Request;
/// use your_moms_core::Transport as _;
/// use your_moms_sandbox::{Call, Fault, Moment, Sandbox, SandboxTransport};
///
/// let transport = SandboxTransport::new(Sandbox::new(1));
/// transport.sandbox().fail_next(Call::Ping, Fault::Reset(Moment::Before));
/// let request = Request::get("http://127.0.0.1/your_moms/api-v2/ping").body(Vec::new())?;
/// let error = transport.send(request).unwrap_err();
/// assert_eq!(error.to_string(), "the connection ended early; the request may have arrived");
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct SandboxTransport {
    sandbox: Arc<Mutex<Sandbox>>,
    clock: fn() -> SystemTime,
    observer: Option<Observer>,
}

type Observer = Arc<dyn Fn(&Record) + Send + Sync>;

impl SandboxTransport {
    /// A transport to `sandbox`, on the system's clock.
    pub fn new(sandbox: Sandbox) -> Self {
        Self { sandbox: Arc::new(Mutex::new(sandbox)), clock: SystemTime::now, observer: None }
    }

    /// Lets `clock` say what time it is.
    pub fn with_clock(self, clock: fn() -> SystemTime) -> Self {
        Self { clock, ..self }
    }

    /// Calls `observer` with every request that has been handled, as it is in the journal. With a journal of 0 records
    /// there is none to tell. The sandbox is not locked meanwhile.
    pub fn on_request(self, observer: impl Fn(&Record) + Send + Sync + 'static) -> Self {
        Self { observer: Some(Arc::new(observer)), ..self }
    }

    /// The sandbox behind it. Requests wait as long as the guard lives.
    pub fn sandbox(&self) -> MutexGuard<'_, Sandbox> {
        // A panic in somebody's test leaves the sandbox as it was between two requests.
        self.sandbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// [`Sandbox::allow`] at the time of this transport's clock.
    ///
    /// # Errors
    /// [`PressError`] if there is no consent page behind the URL.
    pub fn allow(&self, oauth_url: &str) -> Result<String, PressError> {
        self.sandbox().allow(oauth_url, (self.clock)())
    }

    /// [`Sandbox::allow_as`] at the time of this transport's clock.
    ///
    /// # Errors
    /// [`PressError`] if there is no consent page behind the URL, or no such account at its provider.
    pub fn allow_as(&self, oauth_url: &str, account: &str) -> Result<String, PressError> {
        self.sandbox().allow_as(oauth_url, account, (self.clock)())
    }

    /// [`Sandbox::deny`] at the time of this transport's clock.
    ///
    /// # Errors
    /// [`PressError`] if there is no consent page behind the URL.
    pub fn deny(&self, oauth_url: &str) -> Result<String, PressError> {
        self.sandbox().deny(oauth_url, (self.clock)())
    }

    /// The reply, and the number of the request if it is in the journal.
    pub(crate) fn respond(&self, request: &Request<&[u8]>) -> (Reply, Option<u64>) {
        let mut sandbox = self.sandbox();
        let before = sandbox.journal.last_number();
        let reply = sandbox.respond(request, (self.clock)());
        let number = sandbox.journal.last_number();
        (reply, (number > before).then_some(number))
    }

    /// Tells the observer of a request, and the journal how long it took, where that was measured.
    pub(crate) fn finished(&self, number: Option<u64>, took: Option<Duration>) {
        let record = number.and_then(|number| self.sandbox().journal.finished(number, took));
        if let (Some(observer), Some(record)) = (&self.observer, record) {
            observer(&record);
        }
    }

    fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        if !is_at(request.uri(), self.sandbox().origin()) {
            // Nobody else listens here.
            return Err(TransportError::new(Delivery::NotSent, TransportErrorKind::Connect));
        }
        let (head, body) = request.into_parts();
        let (reply, number) = self.respond(&Request::from_parts(head, body.as_slice()));
        self.finished(number, None);
        match reply {
            Reply::Whole(response) => Ok(response),
            Reply::Late { .. } => Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout)),
            Reply::Drip { response, .. } => Err(TransportError::new(
                Delivery::ResponseStarted { status: response.status() },
                TransportErrorKind::Timeout,
            )),
            Reply::Cut(response) => Err(TransportError::new(
                Delivery::ResponseStarted { status: response.status() },
                TransportErrorKind::Lost,
            )),
            Reply::Reset => Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Lost)),
        }
    }
}

fn is_at(uri: &http::Uri, origin: &str) -> bool {
    let own = origin.parse::<http::Uri>().ok();
    own.is_some_and(|own| own.scheme() == uri.scheme() && own.authority() == uri.authority())
}

impl From<Sandbox> for SandboxTransport {
    fn from(sandbox: Sandbox) -> Self {
        Self::new(sandbox)
    }
}

impl Transport for SandboxTransport {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.exchange(request)
    }
}

#[async_trait]
impl AsyncTransport for SandboxTransport {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.exchange(request)
    }
}

impl fmt::Debug for SandboxTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxTransport").finish_non_exhaustive()
    }
}
