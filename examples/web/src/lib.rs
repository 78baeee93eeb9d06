//! A web application whose users connect their accounts at Instagram or Dropbox. `README.md` says what is where.
//!
//! ```text
//! routes ── pages        what a browser asks, and what it is shown
//!   │
//!   ├──── jobs           work that outlives the browser's request
//!   │       │
//!   └──── app ── glue    the platform's client, and what it leaves to an application
//!           │
//!           db ── keys   the database, and the encryption of what it must not show
//! ```

mod app;
pub mod config;
mod db;
mod error;
mod glue;
mod jobs;
mod keys;
mod pages;
mod platform;
mod routes;
mod services;

pub use app::{App, Client};
pub use db::Db;
pub use error::Error;
pub use jobs::attempt::{is_claimed, run as run_attempt};
pub use jobs::keep::reseal;
pub use jobs::work;
pub use keys::{KeyError, Keys};
pub use platform::{Remote, sandbox};
pub use routes::router;
pub use services::ServiceKey;
