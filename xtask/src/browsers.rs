//! Programs with scenarios for real browsers: what runs them, and where they write.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::axe;
use crate::cargo::cargo;

/// Builds `packages`, then runs one of their programs; whether it passed. `name` is that of its folder for screenshots and
/// logs.
pub(crate) fn run(
    packages: &[&str],
    program: &str,
    name: &str,
    filter: Option<&str>,
    arguments: impl FnOnce(&Path, &mut Command),
) -> Result<bool, Box<dyn Error>> {
    let started = Instant::now();
    let mut build = vec!["build", "--quiet"];
    build.extend(packages.iter().flat_map(|package| ["--package", package]));
    cargo(&build, &[])?;
    let programs = programs()?;
    let output = programs.parent().unwrap_or(&programs).join("browser");
    let axe = axe::fetch(&output)?;
    let output = output.join(name);
    let until_run = started.elapsed();
    let mut command = Command::new(programs.join(program));
    command.arg("--axe").arg(axe).arg("--output").arg(&output);
    command.args(filter.iter().flat_map(|filter| ["--filter", filter]));
    arguments(&programs, &mut command);
    let status = command.status()?;
    println!(
        "{} s, {} s of it to build; screenshots and logs are in {}",
        started.elapsed().as_secs(),
        until_run.as_secs(),
        output.display()
    );
    Ok(status.success())
}

/// Cargo has put those programs beside this one.
fn programs() -> Result<PathBuf, Box<dyn Error>> {
    let own = env::current_exe()?;
    Ok(own.parent().ok_or("this program is in no folder")?.to_owned())
}
