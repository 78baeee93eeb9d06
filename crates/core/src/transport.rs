//! What an HTTP library has to do for us, and the one error it may answer with.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use http::{Request, Response, StatusCode};

/// Sends one HTTP request and returns the complete response, blocking the calling thread.
///
/// The contract:
///
/// * Any status is `Ok`. `Err` only when there is no complete response.
/// * One call is at most one request on the wire: no redirect is followed, nothing is retried.
/// * The request goes out as it is, target and all byte for byte, or is refused with [`Cause::InvalidRequest`]: no body,
///   no credentials and no cookies are added.
/// * Every response header is kept, duplicates included.
/// * It ends by itself: limits on time and size are the transport's.
/// * A request whose method is not idempotent (RFC 9110 §9.2.2) goes on a fresh connection: on a kept one that the
///   server is closing, nobody can tell whether it arrived.
pub trait Transport: Send + Sync {
    /// Sends `request`.
    ///
    /// # Errors
    /// [`TransportError`] when no complete response came back; its [`Delivery`] says whether the request may have
    /// reached the server. Where a transport cannot tell, it says [`Delivery::Unknown`].
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>;
}

/// [`Transport`] for asynchronous code: the same contract.
///
/// Dropping the future does not recall the request: the server may have read all of it. Treat a cancelled call that is
/// not idempotent as [`Delivery::Unknown`].
#[async_trait]
pub trait AsyncTransport: Send + Sync {
    /// Sends `request`.
    ///
    /// # Errors
    /// As [`Transport::send`].
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>;
}

impl<T: Transport + ?Sized> Transport for &T {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request)
    }
}

#[async_trait]
impl<T: AsyncTransport + ?Sized> AsyncTransport for &T {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request).await
    }
}

#[async_trait]
impl<T: AsyncTransport + ?Sized> AsyncTransport for Box<T> {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request).await
    }
}

#[async_trait]
impl<T: AsyncTransport + ?Sized> AsyncTransport for Arc<T> {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request).await
    }
}

/// How far a request got that has no complete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Not one byte of the request left: it may be sent again whatever it was.
    NotSent,
    /// The server may have read and acted on it, or not.
    Unknown,
    /// The head of the response came, its body did not.
    Answered {
        /// The status of that head.
        status: StatusCode,
    },
}

impl Delivery {
    /// The name of every delivery, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 3] = ["not-sent", "unknown", "answered"];

    /// The delivery's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [not_sent, unknown, answered] = Self::NAMES;
        match self {
            Self::NotSent => not_sent,
            Self::Unknown => unknown,
            Self::Answered { .. } => answered,
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent => f.write_str("nothing was sent"),
            Self::Unknown => f.write_str("the request may have arrived"),
            Self::Answered { status } => write!(f, "the answer began with status {}", status.as_u16()),
        }
    }
}

/// Why there is no complete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// A time limit passed.
    Timeout,
    /// The host's name could not be resolved.
    Dns,
    /// No connection could be opened.
    Connect,
    /// The TLS handshake failed.
    Tls,
    /// The proxy failed or refused.
    Proxy,
    /// The HTTP library would not send such a request.
    InvalidRequest,
    /// The connection ended early.
    Lost,
    /// What came back is not HTTP.
    Protocol,
    /// The response is larger than the transport's limit.
    TooLarge,
}

impl Cause {
    /// The name of every cause, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 9] =
        ["timeout", "dns", "connect", "tls", "proxy", "invalid-request", "lost", "protocol", "too-large"];

    /// The cause's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [timeout, dns, connect, tls, proxy, invalid_request, lost, protocol, too_large] = Self::NAMES;
        match self {
            Self::Timeout => timeout,
            Self::Dns => dns,
            Self::Connect => connect,
            Self::Tls => tls,
            Self::Proxy => proxy,
            Self::InvalidRequest => invalid_request,
            Self::Lost => lost,
            Self::Protocol => protocol,
            Self::TooLarge => too_large,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Timeout => "a time limit passed",
            Self::Dns => "the host's name could not be resolved",
            Self::Connect => "no connection could be opened",
            Self::Tls => "the TLS handshake failed",
            Self::Proxy => "the proxy failed or refused",
            Self::InvalidRequest => "the HTTP library refused the request",
            Self::Lost => "the connection ended early",
            Self::Protocol => "what came back is not HTTP",
            Self::TooLarge => "the response is larger than the limit",
        })
    }
}

/// There is no complete response to a request.
///
/// `Display` is made of fixed texts only. A source is for errors that are known to quote neither a URL nor a header nor
/// a body, such as an [`std::io::Error`] made from an [`std::io::ErrorKind`]: HTTP libraries' own errors print URLs,
/// and our URLs can carry secrets.
#[derive(Debug)]
pub struct TransportError {
    delivery: Delivery,
    cause: Cause,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// An error without a source.
    pub fn new(delivery: Delivery, cause: Cause) -> Self {
        Self { delivery, cause, source: None }
    }

    /// Adds what lies behind it. `source` must print no URL and no value of the request or the response.
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// How far the request got.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// Why there is no response.
    pub fn cause(&self) -> Cause {
        self.cause
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.cause, self.delivery)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
