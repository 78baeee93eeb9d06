//! What core promises, over transports that play a part: no network, no clock.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unnecessary_wraps,
    reason = "a test fails by panicking, its helpers too"
)]

mod asynchronous;
mod commands;
mod disconnect;
mod everyday;
mod instance;
mod once;
mod properties;
mod requests;
mod retries;
mod secrets;
mod support;
mod values;
