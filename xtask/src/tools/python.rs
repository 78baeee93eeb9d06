//! Tools that PyPI has as prebuilt packages, in a virtual environment. `requirements.txt` pins their versions and hashes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::NotRun;
use crate::cargo::show;
use crate::workspace::Workspace;

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The command that runs the tool `name`.
pub(crate) fn python_tool(name: &str) -> Result<Command, Box<dyn Error>> {
    let workspace = Workspace::read()?;
    let folder = workspace.target.join("tools").join("python");
    install(&folder, &workspace.root.join("xtask/src/tools/requirements.txt"))
        .map_err(|error| NotRun::new(name, error))?;
    let program = programs(&folder).join(name);
    Ok(Command::new(program))
}

/// Installs all of them, unless they are there in these versions.
fn install(folder: &Path, requirements: &Path) -> Result<(), Box<dyn Error>> {
    let stamp = folder.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(());
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    show(Command::new(python).args(["-m", "venv", "--clear"]).arg(folder))
        .map_err(|error| format!("{error}; install Python 3 with its module venv"))?;
    let mut pip = Command::new(programs(folder).join("python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]);
    show(pip.args(["--only-binary", ":all:", "--requirement"]).arg(requirements))?;
    Ok(fs::write(stamp, REQUIREMENTS)?)
}

fn programs(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts" } else { "bin" })
}
