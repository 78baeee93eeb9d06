//! The everyday constructor.

use your_moms_core::{Client, Limits, Platform};

use crate::transport::UreqTransport;

/// A client of `platform` with everything it needs: [`UreqTransport`] with the default [`Limits`], the thread's sleep, and random
/// bytes from the operating system. Cheap to clone: make one, and share it.
///
/// ```
/// use your_moms_core::{Credentials, Platform};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let credentials = Credentials::new("user-secret", "organization-secret")?;
/// let client = your_moms_ureq::client(Platform::new(Platform::BASE_URL, credentials)?);
/// # Ok(()) }
/// ```
///
/// With other limits, or a configuration of ureq of your own, it is three lines (`getrandom` is then a dependency of yours):
///
/// ```
/// use std::time::Duration;
/// use your_moms_core::{Client, Limits, Platform};
/// use your_moms_ureq::UreqTransport;
///
/// # fn patient(platform: Platform) -> Client<UreqTransport> {
/// let limits = Limits { total: Duration::from_secs(120), ..Limits::default() };
/// let transport = UreqTransport::new(limits);
/// Client::new(platform, transport, std::thread::sleep, getrandom::fill)
/// # }
/// ```
pub fn client(platform: Platform) -> Client<UreqTransport> {
    let transport = UreqTransport::new(Limits::default());
    Client::new(platform, transport, std::thread::sleep, getrandom::fill)
}
