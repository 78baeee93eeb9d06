//! How secrets are kept out of everything that is printed: text that `Debug` does not show, and views of requests that may
//! be logged. Nothing here knows the platform, and nothing here decides what a secret is.

mod redacted;
mod secret;
mod unquoted;

pub use redacted::Redacted;
pub use secret::Secret;
pub(crate) use secret::secret_text;
pub(crate) use unquoted::Unquoted;
