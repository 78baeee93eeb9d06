//! The everyday constructor.

use your_moms_core::{AsyncClient, Limits, Platform};

use crate::transport::ReqwestTransport;

/// A client of `platform` with everything it needs: [`ReqwestTransport`] with the default [`Limits`], tokio's timer, and random
/// bytes from the operating system. Cheap to clone: make one, and share it.
///
/// ```
/// use your_moms_core::{Credentials, Platform};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let credentials = Credentials::new("user-secret", "organization-secret")?;
/// let client = your_moms_reqwest::client(Platform::new(Platform::BASE_URL, credentials)?)?;
/// # Ok(()) }
/// ```
///
/// With other limits, or a [`reqwest::ClientBuilder`] of your own, it is three lines (`tokio` with its feature `time`, and
/// `getrandom`, are then dependencies of yours):
///
/// ```
/// use std::time::Duration;
/// use your_moms_core::{AsyncClient, Limits, Platform};
/// use your_moms_reqwest::{ReqwestTransport, reqwest};
///
/// # fn patient(platform: Platform) -> reqwest::Result<AsyncClient<ReqwestTransport>> {
/// let limits = Limits { total: Duration::from_secs(120), ..Limits::default() };
/// let transport = ReqwestTransport::new(limits)?;
/// Ok(AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill))
/// # }
/// ```
///
/// # Errors
/// As [`ReqwestTransport::new`].
pub fn client(platform: Platform) -> reqwest::Result<AsyncClient<ReqwestTransport>> {
    let transport = ReqwestTransport::new(Limits::default())?;
    Ok(AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill))
}
