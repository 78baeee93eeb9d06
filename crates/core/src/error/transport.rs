//! There is no complete response.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use zeroize::Zeroizing;

use super::names::names;

/// How far a request got that has no complete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Not one byte of the request left: it may be sent again whatever it was.
    NotSent,
    /// The server may have read and acted on it, or not.
    Unknown,
    /// The head of the response came, its body did not, or not all of it.
    ResponseStarted {
        /// The status of that head.
        status: StatusCode,
    },
}

names!(Delivery:
    NotSent = "not-sent",
    Unknown = "unknown",
    ResponseStarted = "response-started",
);

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent => f.write_str("nothing was sent"),
            Self::Unknown => f.write_str("the request may have arrived"),
            Self::ResponseStarted { status } => {
                write!(f, "the response began with status {}", status.as_u16())
            }
        }
    }
}

/// Why there is no complete response. For people: what the client does next depends on the [`Delivery`], and a kind that is less
/// exact than it could be costs nothing but that (the client gives up at once on [`InvalidRequest`](Self::InvalidRequest) and
/// [`NoTls`](Self::NoTls), which no repetition helps).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// A time limit passed.
    Timeout,
    /// The host's name could not be resolved.
    Dns,
    /// No connection could be opened.
    Connect,
    /// The TLS handshake failed.
    Tls,
    /// The URL is `https`, and the HTTP library was built without TLS.
    NoTls,
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
    /// None of these, or the transport does not tell.
    Other,
}

names!(TransportErrorKind:
    Timeout = "timeout",
    Dns = "dns",
    Connect = "connect",
    Tls = "tls",
    NoTls = "no-tls",
    Proxy = "proxy",
    InvalidRequest = "invalid-request",
    Lost = "lost",
    Protocol = "protocol",
    TooLarge = "too-large",
    Other = "other",
);

impl TransportErrorKind {
    /// Every kind, in the order of their names.
    #[doc(hidden)]
    pub const ALL: &'static [Self] = &[
        Self::Timeout,
        Self::Dns,
        Self::Connect,
        Self::Tls,
        Self::NoTls,
        Self::Proxy,
        Self::InvalidRequest,
        Self::Lost,
        Self::Protocol,
        Self::TooLarge,
        Self::Other,
    ];

    /// Whether the same request would fail in the same way however often it is sent.
    pub(crate) fn is_permanent(self) -> bool {
        matches!(self, Self::InvalidRequest | Self::NoTls)
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Timeout => "a time limit passed",
            Self::Dns => "the host's name could not be resolved",
            Self::Connect => "no connection could be opened",
            Self::Tls => "the TLS handshake failed",
            Self::NoTls => {
                "the HTTP library was built without TLS; turn on the `rustls` feature of the transport's package"
            }
            Self::Proxy => "the proxy failed or refused",
            Self::InvalidRequest => "the HTTP library refused the request",
            Self::Lost => "the connection ended early",
            Self::Protocol => "what came back is not HTTP",
            Self::TooLarge => "the response is larger than the limit",
            Self::Other => "the HTTP library failed",
        })
    }
}

/// There is no complete response to a request.
///
/// `Display` consists of fixed texts only. A source is for errors that are known to quote neither a URL nor a header nor a
/// body, such as an [`std::io::Error`] made from an [`std::io::ErrorKind`]: HTTP libraries' own errors print URLs, and our
/// URLs can carry secrets.
pub struct TransportError(Box<Inner>);

struct Inner {
    delivery: Delivery,
    kind: TransportErrorKind,
    elapsed: Option<Duration>,
    after_unknown: bool,
    partial_body: Zeroizing<Vec<u8>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// An error without a source.
    pub fn new(delivery: Delivery, kind: TransportErrorKind) -> Self {
        let partial_body = Zeroizing::default();
        Self(Box::new(Inner {
            delivery,
            kind,
            elapsed: None,
            after_unknown: false,
            partial_body,
            source: None,
        }))
    }

    /// Adds what lies behind it. `source` must print no URL and no value of the request or the response.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds what arrived of the response's body before it broke off: after a creation, the token may be in it.
    pub fn with_partial_body(mut self, body: Vec<u8>) -> Self {
        self.0.partial_body = Zeroizing::new(body);
        self
    }

    /// Adds how long the try took, so that [`RetryPolicy::deadline`](crate::RetryPolicy::deadline) can count it.
    pub fn with_elapsed(mut self, elapsed: Duration) -> Self {
        self.0.elapsed = Some(elapsed);
        self
    }

    /// The outcome of an earlier attempt of the same call is unknown, whatever this one says.
    pub(crate) fn set_after_unknown(&mut self) {
        self.0.after_unknown = true;
    }

    /// Whether the platform may have acted.
    pub(super) fn may_have_happened(&self) -> bool {
        self.0.after_unknown || self.0.delivery != Delivery::NotSent
    }

    /// How far the request got.
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// Why there is no response.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// What arrived of the body; empty where nothing did, or where the transport does not tell. It can hold secrets.
    pub fn partial_body(&self) -> &[u8] {
        &self.0.partial_body
    }

    /// How long the try took, where the transport tells.
    pub fn elapsed(&self) -> Option<Duration> {
        self.0.elapsed
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("delivery", &self.0.delivery)
            .field("kind", &self.0.kind)
            .field("partial_body", &format_args!("{} bytes", self.0.partial_body.len()))
            .field("source", &self.0.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.0.kind, self.0.delivery)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
