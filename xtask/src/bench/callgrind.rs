//! How many instructions a program runs.

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cargo;

/// Builds an example of a package as it would be released, and gives its program.
pub(super) fn example(package: &str, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    build(package, "--example", name)?;
    Ok(release()?.join("examples").join(name))
}

/// The same of one of its binaries.
pub(super) fn binary(package: &str, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    build(package, "--bin", name)?;
    Ok(release()?.join(name))
}

fn build(package: &str, kind: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let built = cargo::command(&["build", "--quiet", "--release", "-p", package, kind, name]).status()?;
    if built.success() { Ok(()) } else { Err(format!("{name} of {package} does not build").into()) }
}

fn release() -> Result<PathBuf, Box<dyn Error>> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    Ok(target.canonicalize()?.join("release"))
}

/// The instructions of `program arguments` with `input`.
pub(super) fn instructions(program: &Path, arguments: &[&str], input: &str) -> Result<u64, Box<dyn Error>> {
    let mut child = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    child.stdin.take().ok_or("no standard input")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{} {arguments:?} failed:\n{said}", program.display()).into());
    }
    let count = said
        .lines()
        .find_map(|line| line.split_once("refs:"))
        .map(|(_, count)| count.trim().replace(',', ""));
    Ok(count.ok_or("valgrind says no number of instructions")?.parse()?)
}
