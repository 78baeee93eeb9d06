//! One account on its way to being connected: a pending authorization, the redirect that was verified with it, and the
//! creation that comes of it. Each is used up by the next, so that two cannot be mixed. Nothing is sent from here.

mod authorized;
mod pending;

pub use authorized::{Authorized, ExposedAuthorized};
pub use pending::PendingAuthorization;
