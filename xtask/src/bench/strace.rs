//! How many system calls a program makes.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::NamedTempFile;

/// The system calls of `program arguments`, all threads together.
pub(super) fn system_calls(program: &Path, arguments: &[&str]) -> Result<u64, Box<dyn Error>> {
    let file = NamedTempFile::new()?;
    let ran = Command::new("strace")
        .args(["-f", "-c", "-o"])
        .arg(file.path())
        .arg(program)
        .args(arguments)
        .status()
        .map_err(|error| format!("strace cannot be run: {error}"))?;
    if !ran.success() {
        return Err(format!("{arguments:?} failed under strace").into());
    }
    let table = fs::read_to_string(file.path())?;
    // Share, seconds, microseconds a call, calls, errors if any, name.
    let total = table.lines().rev().find(|line| line.trim_end().ends_with(" total"));
    let calls = total.and_then(|line| line.split_whitespace().nth(3));
    Ok(calls.ok_or("strace says no number of calls")?.parse()?)
}
