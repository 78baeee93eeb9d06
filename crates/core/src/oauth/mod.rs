//! The application's side of OAuth, without a request: its registration with the provider, the random values of one
//! authorization, and the redirect that comes back. Which call carries them is not known here.

mod callback;
mod callback_url;
mod connector_key;
mod entropy;
mod marker;
mod parameters;
mod registration;
mod state;

pub use callback::Callback;
pub use callback_url::CallbackUrl;
pub use connector_key::ConnectorKey;
pub use entropy::Entropy;
pub(crate) use entropy::RandomSource;
pub use marker::Marker;
pub(crate) use marker::marker_text;
pub use registration::Registration;
pub(crate) use registration::RegistrationId;
pub use state::State;
