//! The sans-IO core of the Cloud Your_moms client.

mod transport;

pub use transport::{AsyncTransport, Cause, Delivery, Transport, TransportError};
