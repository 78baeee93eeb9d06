//! Tools that cargo builds, for `cargo xtask ci --full` alone: each takes minutes.

use std::error::Error;
use std::process::Command;

use super::NotRun;
use crate::cargo::cargo;
use crate::workspace::Workspace;

/// The command that runs the tool `name`, in this version.
pub(crate) fn cargo_tool(name: &str, version: &str) -> Result<Command, Box<dyn Error>> {
    let folder = Workspace::read()?.target.join("tools");
    // Cargo does nothing where this version is installed already.
    let root = folder.to_string_lossy();
    cargo(&["install", "--quiet", "--locked", "--root", &root, "--version", version, name], &[])
        .map_err(|error| NotRun::new(name, error))?;
    Ok(Command::new(folder.join("bin").join(name)))
}
