//! How a scenario ends.

use std::error::Error;
use std::fmt::Debug;

/// Why it failed.
pub type Failed = Box<dyn Error + Send + Sync>;

/// What a scenario returns.
pub type Outcome = Result<(), Failed>;

/// Fails with both values if they differ.
#[expect(clippy::needless_pass_by_value, reason = "callers compare what they have just made")]
pub fn same<T, U>(what: &str, found: T, expected: U) -> Outcome
where
    T: Debug + PartialEq<U>,
    U: Debug,
{
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: {found:?}, expected {expected:?}").into())
}
