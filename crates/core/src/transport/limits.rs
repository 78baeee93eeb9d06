//! How long and how much a transport waits for.

use std::time::Duration;

use super::CallContext;

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

impl Limits {
    /// The limits of the try that `context` is about: `total` is at most what the call's deadline leaves
    /// ([`CallContext::time_limit`]), and `connect` at most that.
    pub fn within(self, context: &CallContext) -> Self {
        let total = self.total.min(context.time_limit.unwrap_or(Duration::MAX));
        Self { connect: self.connect.min(total), total, ..self }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_is_longer_than_the_deadline() {
        let limits =
            Limits { connect: Duration::from_secs(2), total: Duration::from_secs(4), response_bytes: 8 };
        for (left, connect, total) in [(None, 2, 4), (Some(5), 2, 4), (Some(3), 2, 3), (Some(1), 1, 1)] {
            let context = CallContext { time_limit: left.map(Duration::from_secs), ..CallContext::default() };
            let [connect, total] = [connect, total].map(Duration::from_secs);
            assert_eq!(limits.within(&context), Limits { connect, total, response_bytes: 8 });
        }
    }
}
