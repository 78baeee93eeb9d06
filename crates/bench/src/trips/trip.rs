//! Where a round trip goes, and with what.

use std::error::Error;
use std::time::Duration;

use crate::payload;

/// The limits of ours ([`your_moms_core::Limits`]), for those who set them by hand.
pub(super) const CONNECT: Duration = Duration::from_secs(10);
pub(super) const TOTAL: Duration = Duration::from_secs(60);

pub(super) const JSON: &str = "application/json";

/// A call of the server.
pub(super) struct Trip {
    port: usize,
    /// The certificate to trust, if it goes over TLS.
    pub(super) certificate: Option<Vec<u8>>,
    /// A connection for each call.
    pub(super) fresh: bool,
    /// A creation, or a request of the same body; otherwise the same instance is read.
    pub(super) post: bool,
}

impl Trip {
    /// `plain` or `tls`, `pooled` or `fresh`, `get` or `post`.
    pub(super) fn named([tls, pool, method]: [&str; 3], port: usize) -> Result<Self, Box<dyn Error>> {
        // The server's certificate, in DER, lies beside this program.
        let file = std::env::current_exe()?.with_file_name(format!("server-{port}.der"));
        let certificate = if tls == "tls" { Some(std::fs::read(file)?) } else { None };
        Ok(Self { port, certificate, fresh: pool == "fresh", post: method == "post" })
    }

    pub(super) fn base_url(&self) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    pub(super) fn url(&self) -> String {
        format!("{}/instances{}", self.base_url(), if self.post { "" } else { "/123" })
    }

    /// Whether it is made with an instance's token. Only so can one say which connection it goes on; creations and the
    /// platform's own calls have their rule.
    pub(super) fn has_token(&self) -> bool {
        self.fresh != self.post
    }

    /// The header that the request carries.
    pub(super) fn authorization(&self) -> String {
        let (user, organization) = (payload::USER, payload::ORGANIZATION);
        if self.has_token() {
            format!("User {user}, Organization {organization}, Your_mom {}", payload::TOKEN)
        } else {
            format!("User {user}, Organization {organization}")
        }
    }
}
