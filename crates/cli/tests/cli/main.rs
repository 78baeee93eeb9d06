//! The real program, run as a user runs it.

mod check;
mod curl;
mod help;
mod later;
mod paste;
mod redirect;
mod sandbox_flow;
mod store;
mod support;
mod values;
