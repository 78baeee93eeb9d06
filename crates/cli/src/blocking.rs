//! Work that may block for as long as somebody else likes: a lock, standard input, a file that is a FIFO. It runs on a thread
//! of its own, so that Ctrl-C is heard meanwhile; a thread that is still blocked when the program ends, ends with it.

use std::path::PathBuf;
use std::{fs, io};

use crate::failure::Failure;

/// Runs `work` to its end. Dropping the future gives it up, and leaves the thread behind.
pub(crate) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Failure::failed("the program broke off")))
}

/// The text of the file at `path`.
pub(crate) async fn read_file(path: impl Into<PathBuf>) -> io::Result<String> {
    let path = path.into();
    read(move || fs::read_to_string(path)).await
}

/// Everything that standard input brings.
pub(crate) async fn read_stdin() -> io::Result<String> {
    read(|| io::read_to_string(io::stdin())).await
}

async fn read(read: impl FnOnce() -> io::Result<String> + Send + 'static) -> io::Result<String> {
    tokio::task::spawn_blocking(read).await.unwrap_or_else(|error| Err(error.into()))
}
