//! The sandbox from outside, as a client sees it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic: that is how it fails")]

mod accounts;
mod app;
mod behaviour;
mod catalogue;
mod clones;
mod codes;
mod configuration;
mod connector_files;
mod consent;
mod control;
mod cors;
mod create;
mod enabled;
mod fault_text;
mod faults;
mod inspector;
mod instances;
mod journal;
mod list;
mod model;
mod oauth1;
mod oauth_url;
mod offer;
mod platform;
mod private;
mod properties;
mod provider_accounts;
mod requests;
mod resources;
mod secrets;
#[cfg(feature = "server")]
mod served;
mod substitutes;
mod update;
