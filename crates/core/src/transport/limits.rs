//! How long and how much a transport waits for.

use std::time::Duration;

/// Limits of one call. HTTP libraries have none of their own, and a call without limits can hang or eat all memory.
///
/// ```
/// use std::time::Duration;
/// use your_moms_core::Limits;
///
/// let limits = Limits { total: Duration::from_secs(120), ..Limits::default() };
/// assert_eq!(limits.connect, Duration::from_secs(10));
/// assert_eq!(limits.response_bytes, 8 * 1024 * 1024);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For opening a connection: name resolution, TCP, a proxy's tunnel and the TLS handshake. 10 seconds by default.
    ///
    /// Keep it below [`total`](Self::total): a call that ends here is known not to have been sent, one that ends there
    /// is not.
    pub connect: Duration,
    /// For the whole call, from its start to the last byte of the response. 60 seconds by default: the live platform
    /// takes 9 to 26 seconds to create an instance.
    pub total: Duration,
    /// The largest response body in bytes, counted after any decoding. 8 MiB by default.
    pub response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            response_bytes: 8 * 1024 * 1024,
        }
    }
}
