//! What every part uses: one error, and one time.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A run that could not be made; it says nothing of the client.
pub(crate) type Failed = Box<dyn Error + Send + Sync>;

/// Everybody's time: no run takes longer than a code lives.
pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}
