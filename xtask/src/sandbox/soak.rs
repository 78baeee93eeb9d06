//! The soak is a program of its own: it has to be optimized, and nothing else may be in its memory.

use std::error::Error;
use std::time::Instant;

use crate::cargo::command;

/// Whether it passed.
pub(super) fn run(journal: Option<usize>) -> Result<bool, Box<dyn Error>> {
    let started = Instant::now();
    let package = ["--quiet", "--release", "--package", "your-moms-soak"];
    if !command(&["build"]).args(package).status()?.success() {
        return Ok(false);
    }
    println!("{} s to build", started.elapsed().as_secs());
    let mut soak = command(&["run"]);
    soak.args(package).arg("--");
    soak.args(journal.iter().flat_map(|records| ["--journal".to_owned(), records.to_string()]));
    Ok(soak.status()?.success())
}
