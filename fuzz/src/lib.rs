//! What must hold for any input: one module a target, each with one function that takes bytes and panics where a promise is
//! broken. The programs in `targets/` hand it what the fuzzer makes up; `docs/SECURITY_TESTING.md` says what is promised.

#![forbid(unsafe_code)]

pub mod callback;
pub mod diagnosis;
pub mod listener;
pub mod parse;
pub mod retry_after;
pub mod round_trip;
pub mod sandbox;
pub mod urls;

mod browser;
mod message;
mod platform;
