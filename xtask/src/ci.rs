//! `cargo xtask ci`: everything that must hold besides the tests.

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

/// The most crates that `your-moms-core` may stand on, itself included.
const CORE_CRATES: usize = 26;

/// Crates that must not be among the dependencies of a package: a blocking program pulls in no async runtime, an
/// asynchronous one no second HTTP library.
const ABSENT: [(&str, &str); 3] =
    [("your-moms-ureq", "tokio"), ("your-moms-reqwest", "ureq"), ("your-moms-core", "tokio")];

pub(crate) fn run() -> Result<ExitCode, Box<dyn Error>> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    for set in feature_sets()? {
        let mut arguments = vec!["clippy", "--quiet", "--all-targets"];
        arguments.extend(set.iter().map(String::as_str));
        arguments.extend(["--", "-D", "warnings"]);
        cargo(&arguments, &[])?;
    }
    cargo(&["doc", "--quiet", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])?;
    dependencies()?;
    cargo(&["xtask", "conformance"], &[])?;
    println!("ci: all checks passed");
    Ok(ExitCode::SUCCESS)
}

/// The whole workspace as it is built by default, and each package with no feature, with each one alone and with all.
fn feature_sets() -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let metadata: Value =
        serde_json::from_str(&output(&["metadata", "--format-version", "1", "--no-deps"])?)?;
    let mut sets = vec![vec!["--workspace".to_owned()]];
    for package in metadata.get("packages").and_then(Value::as_array).into_iter().flatten() {
        let name = package.get("name").and_then(Value::as_str).unwrap_or_default();
        let features =
            package.get("features").and_then(Value::as_object).into_iter().flat_map(|all| all.keys());
        let own: Vec<&str> = features.map(String::as_str).filter(|feature| *feature != "default").collect();
        if own.is_empty() {
            continue;
        }
        let set =
            |more: &[&str]| ["--package", name].iter().chain(more).map(|part| (*part).to_owned()).collect();
        sets.push(set(&["--no-default-features"]));
        sets.extend(own.iter().map(|feature| set(&["--no-default-features", "--features", feature])));
        if own.len() > 1 {
            sets.push(set(&["--all-features"]));
        }
    }
    Ok(sets)
}

fn dependencies() -> Result<(), Box<dyn Error>> {
    let crates = |package| -> Result<BTreeSet<String>, Box<dyn Error>> {
        let tree = output(&["tree", "--package", package, "--edges", "normal", "--prefix", "none"])?;
        Ok(tree.lines().map(str::to_owned).collect())
    };
    let core = crates("your-moms-core")?.len();
    println!("your-moms-core stands on {core} crates, of {CORE_CRATES} allowed");
    if core > CORE_CRATES {
        return Err("your-moms-core has too many dependencies".into());
    }
    for (package, absent) in ABSENT {
        if crates(package)?.iter().any(|line| line.split(' ').next() == Some(absent)) {
            return Err(format!("{package} must not depend on {absent}").into());
        }
    }
    Ok(())
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// Runs cargo, showing what it prints.
fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let shown = format!("cargo {}", arguments.join(" "));
    println!("$ {shown}");
    let status = command(arguments).envs(variables.iter().copied()).status()?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed").into()) }
}

fn output(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = command(arguments).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("`cargo {}` failed", arguments.join(" ")).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
