//! Random bytes of the operating system.

use std::fmt::Write as _;

use crate::failure::Failure;

pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::failed("the operating system gives no random bytes").because(&error))?;
    Ok(bytes)
}

/// 32 hexadecimal digits that nobody has had before.
pub(crate) fn unique() -> Result<String, Failure> {
    Ok(bytes::<16>()?.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
