//! What a client tells `tracing`: one span per call and one event per attempt, in OpenTelemetry's stable names. Never a query, a header's
//! value or a body.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(super) use off::Trace;
#[cfg(feature = "tracing")]
pub(super) use on::Trace;
