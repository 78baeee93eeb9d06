//! axe-core, the checker of accessibility. It is fetched by npm and stays out of the repository.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const VERSION: &str = "4.14.1";

/// The file with its code, below `folder`.
pub(crate) fn fetch(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let folder = folder.join(format!("axe-core-{VERSION}"));
    let file = folder.join("package").join("axe.min.js");
    if file.is_file() {
        return Ok(file);
    }
    fs::create_dir_all(&folder)?;
    // npm compares what it fetches with the registry's checksum.
    run(Command::new("npm").args(["pack", "--silent", &format!("axe-core@{VERSION}")]).current_dir(&folder))?;
    run(Command::new("tar").args(["xzf", &format!("axe-core-{VERSION}.tgz")]).current_dir(&folder))?;
    Ok(file)
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.stdout(Stdio::null()).status().map_err(|error| format!("{program}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{program} failed, which was to fetch axe-core").into())
    }
}
