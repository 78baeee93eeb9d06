//! The application in one process with its platform: a sandbox behind the client, an `SQLite` file, browsers without sockets.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

mod accounts;
mod connect;
mod database;
mod forms;
mod jobs;
mod redirects;
mod secrets;
mod world;
