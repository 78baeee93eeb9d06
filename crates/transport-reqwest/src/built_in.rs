//! Whether reqwest was built with TLS. Cargo features decide it, anywhere in the program, and reqwest does not tell: without
//! TLS it sends an `https` request to a proxy in the clear.

use std::any::TypeId;

/// Found in place of reqwest's own module of this name, which exists only with TLS.
mod tls {
    pub(super) struct Version;
}

/// Whether reqwest can send an `https` request.
pub(crate) fn tls() -> bool {
    #[allow(
        clippy::wildcard_imports,
        unused_imports,
        reason = "a name that may be missing cannot be imported by itself"
    )]
    use reqwest::*;

    TypeId::of::<tls::Version>() != TypeId::of::<self::tls::Version>()
}
