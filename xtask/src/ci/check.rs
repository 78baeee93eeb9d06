//! One check after another, and what came of them.

use std::error::Error;
use std::process::ExitCode;

use crate::cargo::cargo;
use crate::tools::{self, NotRun};

/// A check.
pub(super) struct Check {
    /// What it is called, for `--only`.
    pub(super) name: &'static str,
    /// What to do where it fails.
    pub(super) fix: &'static str,
    pub(super) run: fn() -> Result<(), Box<dyn Error>>,
}

/// Runs another of the workspace's commands as a check, if the programs that it needs are there.
pub(super) fn task(programs: &[(&str, &str)], arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    tools::programs(programs)?;
    cargo(&[&["xtask"], arguments].concat(), &[])
}

/// Runs all of them, whatever comes of the first, and says at the end which did not pass.
pub(super) fn run<'a>(checks: impl IntoIterator<Item = &'a Check>) -> ExitCode {
    let mut passed = 0;
    let mut problems = Vec::new();
    for check in checks {
        println!("\n== {}", check.name);
        match (check.run)() {
            Ok(()) => passed += 1,
            Err(error) => {
                let problem = match error.downcast_ref::<NotRun>() {
                    Some(missing) => format!("not run: {}: {missing}", check.name),
                    None => format!("failed: {}: {error}\n  fix: {}", check.name, check.fix),
                };
                println!("{problem}");
                problems.push(problem);
            }
        }
    }
    println!("\nci: {passed} checks passed, {} did not", problems.len());
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
