//! What could not be checked.

use std::fmt;

/// A check that cannot be made on this machine or with this transport.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The name of the check.
    pub check: &'static str,
    /// What is missing.
    pub reason: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was skipped: {}", self.check, self.reason)
    }
}
