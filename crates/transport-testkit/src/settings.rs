//! What a transport under test is to do.

use your_moms_core::Limits;

/// What the kit asks of the transport that a check makes. Handed to the factory, once for every check.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The limits to keep. Checks about time use short ones.
    pub limits: Limits,
    /// A certificate authority to trust, in DER. The kit's TLS servers have their certificates from it.
    pub root_certificate: Vec<u8>,
    /// The same in PEM.
    pub root_certificate_pem: String,
    /// A proxy to use for `https`, as a URL. `None`: what the transport does by default.
    pub proxy: Option<String>,
}
