//! Which functions a case spends its instructions in.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs of which the profile is taken.
const TIMES: &str = "32";

/// What is below this, in percent, is left out.
const LEAST: f64 = 3.0;

/// The functions with the most instructions of their own, most first: `22.8 %  function`. Preparing the case is no part of it.
pub(super) fn take(program: &Path, case: &str, size: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let file = program.with_extension("callgrind");
    let ran = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--toggle-collect=your_moms_bench::repeat*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(program)
        .args([case, &size.to_string(), TIMES])
        .status()?;
    if !ran.success() {
        return Err(format!("{case} cannot be profiled").into());
    }
    let output =
        Command::new("callgrind_annotate").args(["--auto=no", "--threshold=100"]).arg(&file).output()?;
    fs::remove_file(&file)?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(function).collect())
}

/// `353,024 (22.84%)  file:function [object]`, if it is a function that counts.
fn function(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('(')?;
    let (share, place) = rest.split_once("%)")?;
    let share: f64 = share.trim().parse().ok()?;
    let (_, name) = place.trim().split_once(':')?;
    let name = name.rsplit_once(" [").map_or(name, |(name, _)| name);
    (share >= LEAST).then(|| format!("{share:4.1} %  {name}"))
}
