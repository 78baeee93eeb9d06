//! The sans-IO core of the Cloud Your_moms client.

mod destination;
mod limits;
mod transport;

pub use destination::check_destination;
pub use limits::Limits;
pub use transport::{AsyncTransport, Cause, Delivery, Transport, TransportError};
