//! Whether the tests notice when a function of core does something else: cargo-mutants changes one after another, and runs
//! core's own tests and the golden files.

use std::error::Error;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::cargo::show;
use crate::tools;
use crate::workspace::Workspace;

/// The least share of changes that a test must notice, in percent.
const LEAST: f64 = 90.0;

/// What survives, each with the reason: `file.rs: what was changed # why no test can see it`.
const SURVIVORS: &str = include_str!("survivors.txt");

/// All of them, for hours.
pub(super) fn run() -> Result<(), Box<dyn Error>> {
    measure(&[])
}

/// Every `N`th from the `K`th, for `K/N`: a fair sample, which takes an `N`th of the time.
pub(super) fn shard(shard: &str) -> Result<(), Box<dyn Error>> {
    println!("\n== mutants, shard {shard}");
    measure(&["--sharding", "round-robin", "--shard", shard])
}

fn measure(which: &[&str]) -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::read()?;
    let mut mutants = tools::cargo_tool("cargo-mutants", "27.1.0")?;
    mutants.args(["mutants", "--package", "your-moms-core", "--all-features"]).args(which);
    mutants.args(["--test-package", "your-moms-core,your-moms-golden-alone"]);
    // A build is often down to one thread: two of them take three quarters of the time. More want memory.
    mutants.args(["--jobs", "2"]);
    mutants.arg("--output").arg(&workspace.target).current_dir(&workspace.root);
    // All features are on, and this is what is there without one of them.
    mutants.args(["--exclude", "crates/core/src/client/trace/off.rs"]);
    // No documentation tests: they take longer than all others, and show how to use what the others test.
    mutants.args(["--", "--tests"]);
    // Each change is built and tested by itself: what that takes is what the whole takes.
    mutants.env("CARGO_PROFILE_DEV_DEBUG", "none").env("PROPTEST_CASES", "32");
    // A change that one run notices is noticed by the next.
    mutants.env("PROPTEST_RNG_SEED", "1");
    finish(&mut mutants)?;
    let outcomes = workspace.target.join("mutants.out").join("outcomes.json");
    judge(&serde_json::from_slice(&fs::read(outcomes)?)?, SURVIVORS)
}

/// It fails where anything survives, which is judged here.
fn finish(mutants: &mut Command) -> Result<(), Box<dyn Error>> {
    const SOME_SURVIVED: i32 = 2;
    const SOME_TIMED_OUT: i32 = 3;
    match mutants.status()?.code() {
        Some(0 | SOME_SURVIVED | SOME_TIMED_OUT) => Ok(()),
        _ => show(mutants),
    }
}

fn judge(outcomes: &Value, listed: &str) -> Result<(), Box<dyn Error>> {
    let results =
        outcomes.get("outcomes").and_then(Value::as_array).ok_or("cargo-mutants reports no outcomes")?;
    let (mut caught, mut unlisted, mut survived, mut invalid) = (0_u32, 0_u32, 0_u32, 0_u32);
    let is_listed = |name: &str| {
        listed.lines().filter_map(|line| line.split_once(" # ")).any(|(listed, _)| listed.trim() == name)
    };
    for result in results {
        let Some(name) = result.pointer("/scenario/Mutant/name").and_then(Value::as_str) else { continue };
        match result.get("summary").and_then(Value::as_str) {
            Some("CaughtMutant" | "Timeout") => caught += 1,
            Some("MissedMutant") => {
                survived += 1;
                let name = without_place(name);
                if !is_listed(&name) {
                    unlisted += 1;
                    println!("survives, and is not listed: {name}");
                }
            }
            // It does not compile.
            _ => invalid += 1,
        }
    }
    let share = 100.0 * f64::from(caught) / f64::from((caught + survived).max(1));
    println!("core: {caught} changes noticed, {survived} not: {share:.1} %, of {LEAST} % asked for");
    println!("      {invalid} more do not compile");
    match (share < LEAST, unlisted) {
        (true, _) => Err("the tests of core notice too little".into()),
        (false, 0) => Ok(()),
        (false, _) => Err(format!("{unlisted} changes survive that survivors.txt does not list").into()),
    }
}

/// `file.rs:12:5: replace …` without the line and the column, which move.
fn without_place(name: &str) -> String {
    let mut parts = name.splitn(4, ':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(file), Some(_), Some(_), Some(what)) => format!("{file}:{what}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn outcomes(caught: usize, survived: &[&str]) -> Value {
        let outcome =
            |name: &str, summary: &str| json!({"scenario": {"Mutant": {"name": name}}, "summary": summary});
        let mut all = vec![json!({"scenario": "Baseline", "summary": "Success"})];
        all.extend((0..caught).map(|_| outcome("a.rs:1:2: replace f", "CaughtMutant")));
        all.extend(survived.iter().map(|name| outcome(name, "MissedMutant")));
        json!({ "outcomes": all })
    }

    #[test]
    fn what_survives_is_listed_with_the_reason() {
        let survivor = "a.rs:7:8: replace g -> u8 with 0";
        let listed = "a.rs: replace g -> u8 with 0 # only the speed differs\n";
        assert!(judge(&outcomes(9, &[survivor]), listed).is_ok());
        assert!(judge(&outcomes(9, &[survivor]), "a.rs: replace g -> u8 with 0\n").is_err());
        assert!(judge(&outcomes(8, &[survivor]), listed).is_err());
        assert!(judge(&outcomes(9, &[]), "").is_ok());
        assert!(judge(&outcomes(0, &[]), "").is_err());
    }
}
