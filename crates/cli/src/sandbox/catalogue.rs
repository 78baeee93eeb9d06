//! Connectors of one's own, from a directory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use your_moms_sandbox::Catalogue;

use crate::failure::Failure;

/// The connectors that come with the sandbox, and one for every `*.json` in `directory`.
pub(super) fn with_own(directory: &Path) -> Result<Catalogue, Failure> {
    let unreadable = |path: &Path, error: &io::Error| {
        Failure::failed(format!("{} cannot be read", path.display())).because(error)
    };
    let files = files(directory).map_err(|error| unreadable(directory, &error))?;
    if files.is_empty() {
        let failure = Failure::failed(format!("{} has no connector in it", directory.display()));
        return Err(failure.help("describe each in a file of its own, whose name ends in .json"));
    }
    files.iter().try_fold(Catalogue::builtin(), |catalogue, path| {
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        catalogue
            .with(&path.display().to_string(), &text)
            .map_err(|error| Failure::failed("a connector of the catalogue cannot be used").because(&error))
    })
}

/// By name, so that what is wrong with them comes in the same order everywhere.
fn files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(directory)?.map(|entry| Ok(entry?.path()));
    let mut files = entries.collect::<io::Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    Ok(files)
}
