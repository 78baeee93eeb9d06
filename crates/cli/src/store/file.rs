//! One file that many processes read and replace: locked, written whole beside it, renamed over it.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// More than one more instance takes.
const ROOM: usize = 64 * 1024;

/// Held while the file is read, changed and replaced. The lock is on a file beside it: the file itself is another one
/// after each replacement. It ends with the process, however that ends.
pub(super) struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

pub(super) fn lock(path: &Path) -> Result<Lock, Failure> {
    let cannot = cannot(path, "be locked");
    exists(path)?;
    make_directory(directory(path)).map_err(&cannot)?;
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".lock");
    let file = owned_only(OpenOptions::new().create(true).truncate(false).write(true))
        .open(path.with_file_name(name))
        .map_err(&cannot)?;
    fs4::FileExt::lock(&file).map_err(&cannot)?;
    Ok(Lock(file))
}

/// The text of the file; `None` if there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, Failure> {
    if exists(path)? { fs::read_to_string(path).map(Some).map_err(cannot(path, "be read")) } else { Ok(None) }
}

/// Whether there is one. Anything else of that name, such as a directory or a device, is an error.
fn exists(path: &Path) -> Result<bool, Failure> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(cannot(path, "be read")(error)),
        Ok(metadata) if metadata.is_file() => Ok(true),
        Ok(_) => Err(Failure::failed(format!("{} is not a file", path.display()))
            .help("name another one with --store, or in YOUR_MOMS_STORE")),
    }
}

/// Writes as much as will be needed, and takes it away again.
pub(super) fn try_out(path: &Path) -> Result<(), Failure> {
    written_beside(path, &vec![b' '; ROOM]).map(drop).map_err(cannot(path, "be written"))
}

/// Puts `bytes` in the place of the file, all of them or none.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = cannot(path, "be written");
    let written = written_beside(path, bytes).map_err(&cannot)?;
    written.persist(path).map_err(|error| cannot(error.error))?;
    // The file is there; whether its directory has reached the disk matters after a power failure only.
    if let Ok(directory) = File::open(directory(path)) {
        drop(directory.sync_all());
    }
    Ok(())
}

/// A new file in the same directory, so on the same disk, that only its owner can read. It goes away if dropped.
fn written_beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new_in(directory(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn make_directory(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

#[cfg(unix)]
fn owned_only(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn owned_only(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn cannot(path: &Path, what: &'static str) -> impl Fn(io::Error) -> Failure {
    let path: PathBuf = path.to_owned();
    move |error| {
        Failure::failed(format!("{} cannot {what}", path.display()))
            .because(&error)
            .help("name another file with --store, or in YOUR_MOMS_STORE")
    }
}
