//! How many instructions a program runs.

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether valgrind is there.
pub(super) fn check() -> Result<(), Box<dyn Error>> {
    match Command::new("valgrind").arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err("valgrind is missing; the package of most systems is called `valgrind`".into()),
    }
}

/// Builds an example of a package as it would be released, and gives its program.
pub(super) fn example(package: &str, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "-p", package, "--example", name])
        .status()?;
    if !built.success() {
        return Err(format!("the example {name} of {package} does not build").into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    Ok(target.join("release/examples").join(name))
}

/// The instructions of `program argument` with `input`.
pub(super) fn instructions(program: &Path, argument: &str, input: &str) -> Result<u64, Box<dyn Error>> {
    let mut child = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(argument)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    child.stdin.take().ok_or("no standard input")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said
        .lines()
        .find_map(|line| line.split_once("refs:"))
        .map(|(_, count)| count.trim().replace(',', ""));
    Ok(count.ok_or("valgrind says no number of instructions")?.parse()?)
}
