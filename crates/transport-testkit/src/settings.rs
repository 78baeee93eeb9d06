//! What a transport under test is told.

use your_moms_core::Limits;

/// What the kit asks of the transport that a check makes. Handed to the factory, once for every check.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The limits to keep. Checks about time use short ones.
    pub limits: Limits,
    /// A certificate authority to trust, in DER. The kit's TLS servers have their certificates from it.
    pub root_certificate: Vec<u8>,
    /// A proxy to use for `https`, as a URL. `None`: whatever the transport does by itself.
    pub proxy: Option<String>,
}
