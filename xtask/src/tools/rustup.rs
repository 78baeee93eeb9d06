//! Other toolchains and what belongs to them, from rustup.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

use super::NotRun;
use crate::cargo::{command, read, show};

/// The oldest toolchain that the library builds with: `rust-version` of the workspace.
pub(crate) const MSRV: &str = "1.88";

/// The toolchain that has Miri: the newest, since not every day's has it.
pub(crate) const NIGHTLY: &str = "nightly";

/// Cargo of another toolchain, which is installed if it is missing.
pub(crate) fn toolchain(channel: &str) -> Result<Command, Box<dyn Error>> {
    let is_there = || quiet(&["run", channel, "cargo", "--version"]);
    if !is_there() {
        show(Command::new("rustup").args(["toolchain", "install", channel, "--profile", "minimal"]))
            .map_err(|error| NotRun::new(&format!("Rust {channel}"), error))?;
    }
    let mut command = Command::new("rustup");
    command.args(["run", channel, "cargo"]);
    // What rustup sets for this program's own toolchain would be found first.
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(variable);
    }
    Ok(command)
}

/// Makes sure of `cargo NAME`, which rustup has in a component; other distributions of Rust have it in packages of their own.
pub(crate) fn subcommand(name: &str, component_name: &str) -> Result<(), Box<dyn Error>> {
    let there = command(&[name, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if there.is_ok_and(|status| status.success()) { Ok(()) } else { component(component_name, None) }
}

/// Adds a component to a toolchain, unless it is there.
pub(crate) fn component(name: &str, channel: Option<&str>) -> Result<(), Box<dyn Error>> {
    let rustup = |arguments: &[&str]| {
        let mut command = Command::new("rustup");
        command.args(["component"]).args(arguments);
        command.args(channel.map(|channel| ["--toolchain", channel]).iter().flatten());
        command
    };
    let installed = read(&mut rustup(&["list", "--installed"])).map_err(|error| NotRun::new(name, error))?;
    if installed.lines().any(|line| line.starts_with(name)) {
        return Ok(());
    }
    Ok(show(&mut rustup(&["add", name])).map_err(|error| NotRun::new(name, error))?)
}

/// Adds the standard library of a target, unless it is there, from wherever.
pub(crate) fn target(name: &str) -> Result<(), Box<dyn Error>> {
    let mut rustc = Command::new("rustc");
    let folder = read(rustc.args(["--print", "target-libdir", "--target", name]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    Ok(show(Command::new("rustup").args(["target", "add", name]))
        .map_err(|error| NotRun::new(name, error))?)
}

fn quiet(arguments: &[&str]) -> bool {
    let mut command = Command::new("rustup");
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
