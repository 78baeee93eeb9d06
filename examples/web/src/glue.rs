//! What makes up for what the library leaves to an application. It is counted, and shall not grow.

use http::StatusCode;
use your_moms_core::{Authorized, ErrorClass, Instance};
use zeroize::Zeroizing;

/// What an error of the platform means to this application's own client.
pub(crate) fn status(class: ErrorClass) -> StatusCode {
    match class {
        ErrorClass::NotFound => StatusCode::NOT_FOUND,
        ErrorClass::Forbidden => StatusCode::FORBIDDEN,
        ErrorClass::Conflict | ErrorClass::Ambiguous | ErrorClass::Unresolved => StatusCode::CONFLICT,
        ErrorClass::RateLimited | ErrorClass::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorClass::TimedOut => StatusCode::GATEWAY_TIMEOUT,
        ErrorClass::Invalid => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_GATEWAY,
    }
}

/// The stored forms, code and token included: what is encrypted next.
pub(crate) fn authorized_text(authorized: &Authorized) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(&authorized.expose()).map(Zeroizing::new)
}

/// As above.
pub(crate) fn instance_text(instance: &Instance) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(&instance.expose()).map(Zeroizing::new)
}
