//! One file that many processes read and replace: locked, written whole beside it, renamed over it.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::trust::{self, OTHER};
use crate::failure::Failure;

/// More than one more instance takes.
const ROOM: usize = 64 * 1024;

/// As many symbolic links as an operating system follows.
const LINKS: usize = 40;

/// The end of the name of a file that is being written.
const UNFINISHED: &str = ".new";

/// Held while the file is read, changed and replaced. The lock is on a file beside it: the file itself is another one
/// after each replacement. It ends with the process, however that ends.
pub(super) struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

/// Waits until no other process holds the lock.
pub(super) fn lock(path: &Path) -> Result<Lock, Failure> {
    let cannot = cannot(path, "be locked");
    let directory = directory(path);
    make_directory(directory).map_err(&cannot)?;
    trust::directory(directory)?;
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".lock");
    let file = open(&path.with_file_name(name), OpenOptions::new().create(true).write(true))?;
    let file = file.ok_or_else(|| cannot(io::ErrorKind::NotFound.into()))?;
    fs4::FileExt::lock(&file).map_err(&cannot)?;
    clear(path);
    Ok(Lock(file))
}

/// The text of the file; `None` if there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, Failure> {
    let Some(mut file) = open(path, OpenOptions::new().read(true))? else { return Ok(None) };
    trust::directory(directory(path))?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(cannot(path, "be read"))?;
    Ok(Some(text))
}

/// The file that `path` leads to: where it is a symbolic link, the link stays and what it names is replaced, so that all
/// who reach one file share one lock. Who can change the link decides which file that is.
pub(super) fn target(path: &Path) -> Result<PathBuf, Failure> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let link = fs::symlink_metadata(&path).ok().filter(Metadata::is_symlink);
        let Some(link) = link else { return Ok(path) };
        trust::directory(directory(&path))?;
        trust::link(&path, &link)?;
        let named = fs::read_link(&path).map_err(cannot(&path, "be read"))?;
        path = directory(&path).join(named);
    }
    Err(cannot(&path, "be read")(io::Error::other("too many symbolic links")))
}

/// Opens a file that nobody else can change; `None` if there is none. Anything else of that name, such as a directory, a
/// device or a FIFO, is an error, and is not waited for.
fn open(path: &Path, options: &mut OpenOptions) -> Result<Option<File>, Failure> {
    if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(not_a_file(path));
    }
    let file = match trust::unfollowed(options).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(path, "be opened")(error)),
    };
    let metadata = file.metadata().map_err(cannot(path, "be read"))?;
    if !metadata.is_file() {
        return Err(not_a_file(path));
    }
    trust::file(path, &metadata)?;
    Ok(Some(file))
}

/// Writes as much as will be needed, and takes it away again.
pub(super) fn try_out(path: &Path) -> Result<(), Failure> {
    written_beside(path, &vec![b' '; ROOM]).map(drop).map_err(cannot(path, "be written"))
}

/// Puts `bytes` in the place of the file, all of them or none, so that they outlast a power failure.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = cannot(path, "be written");
    let written = written_beside(path, bytes).map_err(&cannot)?;
    written.persist(path).map_err(|error| cannot(error.error))?;
    sync_directory(directory(path)).map_err(&cannot)
}

/// Removes what a program that was killed while it wrote has left. Only who holds the lock writes, so nobody needs it.
fn clear(path: &Path) {
    let start = unfinished(path);
    for entry in fs::read_dir(directory(path)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.strip_prefix(&start).is_some_and(|rest| rest.ends_with(UNFINISHED)) {
            // What stays is in nobody's way.
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// How the name of a file begins that will take the place of `path`.
fn unfinished(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy())
}

/// A new file in the same directory, so on the same disk, that only its owner can read. It goes away if dropped.
fn written_beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file =
        tempfile::Builder::new().prefix(&unfinished(path)).suffix(UNFINISHED).tempfile_in(directory(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn make_directory(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    trust::private(DirBuilder::new().recursive(true)).create(path)?;
    sync_directory(directory(path))
}

/// Makes the names in a directory outlast a power failure. Some file systems cannot, and need not.
fn sync_directory(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(path)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

fn not_a_file(path: &Path) -> Failure {
    Failure::failed(format!("{} is not a file", path.display())).help(OTHER)
}

fn cannot(path: &Path, what: &'static str) -> impl Fn(io::Error) -> Failure {
    let path: PathBuf = path.to_owned();
    move |error| {
        Failure::failed(format!("{} cannot {what}", path.display()))
            .because(&error)
            .help("name another file with --store, or in YOUR_MOMS_STORE")
    }
}
