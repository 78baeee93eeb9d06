//! `cargo xtask ci`: everything that must hold besides the tests.

mod dependencies;
mod features;
mod public_api;

use std::env;
use std::error::Error;
use std::process::{Command, ExitCode, Stdio};

pub(crate) fn run() -> Result<ExitCode, Box<dyn Error>> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    for set in features::sets()? {
        let mut arguments = vec!["clippy", "--quiet", "--all-targets"];
        arguments.extend(set.iter().map(String::as_str));
        arguments.extend(["--", "-D", "warnings"]);
        cargo(&arguments, &[])?;
    }
    cargo(&["doc", "--quiet", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])?;
    cargo(
        &["test", "--quiet", "--package", "your-moms-core", "--features", "tracing", "--test", "tracing"],
        &[],
    )?;
    for package in ["your-moms-core", "your-moms-example-wasm"] {
        cargo(&["check", "--quiet", "--package", package, "--target", "wasm32-unknown-unknown"], &[])?;
    }
    cargo(&["run", "--quiet", "--package", "your-moms-without-tls"], &[])?;
    dependencies::check()?;
    public_api::check()?;
    cargo(&["xtask", "conformance"], &[])?;
    cargo(&["xtask", "exactly-once"], &[])?;
    cargo(&["xtask", "kills"], &[])?;
    println!("ci: all checks passed");
    Ok(ExitCode::SUCCESS)
}

/// Cargo, as it runs this program.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// Runs cargo, showing what it prints.
pub(crate) fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
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
