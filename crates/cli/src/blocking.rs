//! Work that may block for as long as somebody else likes: a lock, standard input, a file that is a FIFO. It runs on a thread
//! of its own, so that Ctrl-C is heard meanwhile; a thread that is still blocked when the program ends, ends with it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

use crate::failure::Failure;

/// More than any text that is sent; some files, such as `/dev/zero`, have no end.
const MOST: u64 = 64 * 1024 * 1024;

/// Runs `work` to its end. Dropping the future gives it up, and leaves the thread behind.
pub(crate) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Failure::failed("the program broke off")))
}

/// The text of the file at `path`.
pub(crate) async fn read_file(path: impl Into<PathBuf>) -> io::Result<String> {
    let path = path.into();
    read(move || File::open(path)).await
}

/// Everything that standard input brings.
pub(crate) async fn read_stdin() -> io::Result<String> {
    read(|| Ok(io::stdin())).await
}

async fn read<R: io::Read>(open: impl FnOnce() -> io::Result<R> + Send + 'static) -> io::Result<String> {
    let bytes =
        tokio::task::spawn_blocking(|| bytes(open()?)).await.unwrap_or_else(|error| Err(error.into()));
    String::from_utf8(bytes?).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text"))
}

/// All that comes, unless it is too much: within work that may block.
pub(crate) fn bytes(from: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
