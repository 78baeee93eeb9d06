//! Whether ureq was built with TLS. Cargo features decide it, anywhere in the program, and ureq tells only when it has
//! connected.

use std::any::TypeId;

/// Found in place of ureq's own module of this name, which exists only with TLS.
mod tls {
    pub(super) struct TlsProvider;
}

/// Whether ureq can send an `https` request.
pub(crate) fn tls() -> bool {
    #[allow(
        clippy::wildcard_imports,
        unused_imports,
        reason = "a name that may be missing cannot be imported by itself"
    )]
    use ureq::*;

    TypeId::of::<tls::TlsProvider>() != TypeId::of::<self::tls::TlsProvider>()
}
