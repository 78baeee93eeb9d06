//! What can end the job early.

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use your_moms_core::{BuildError, Error};

/// The job did not do what it is for.
#[derive(Debug, Error)]
pub enum Failure {
    /// A variable is not set.
    #[error("{0} is not set")]
    Missing(&'static str),
    /// A variable is not UTF-8 text.
    #[error("{0} is not UTF-8 text")]
    NotText(&'static str),
    /// A value cannot be used.
    #[error("a setting cannot be used")]
    Settings(#[from] BuildError),
    /// The file with the instance cannot be read.
    #[error("{} cannot be read", .0.display())]
    NoInstance(PathBuf, #[source] io::Error),
    /// The file does not hold an instance.
    #[error("{} does not hold a stored instance (line {line}, column {column})", path.display())]
    BadInstance {
        /// The file.
        path: PathBuf,
        /// Where it stops being one.
        line: usize,
        /// Where in that line.
        column: usize,
    },
    /// The platform cannot be reached, or refused.
    #[error("{}", asked(.0))]
    Platform(#[from] Error),
    /// The output cannot be written.
    #[error("the output cannot be written")]
    Output(#[source] io::Error),
}

/// What an operator needs besides the cause: the class, how long to wait, and the name that the platform's support knows.
fn asked(error: &Error) -> String {
    let class = error.class().name();
    let wait = error.retry_after().map(|wait| format!(", not before {} s from now", wait.as_secs()));
    let request = error.request_id().map(|id| format!(", request {id}"));
    let (wait, request) = (wait.unwrap_or_default(), request.unwrap_or_default());
    format!("the media could not be listed ({class}){wait}{request}")
}
