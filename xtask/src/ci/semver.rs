//! Whether the version says how the API changed since the last release.

use std::error::Error;
use std::process::Command;

use crate::cargo::{read, show};
use crate::tools;
use crate::workspace::Workspace;

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::read()?;
    let mut git = Command::new("git");
    git.args(["tag", "--list", "v*", "--sort=-version:refname"]).current_dir(&workspace.root);
    let tags = read(&mut git)?;
    let Some(tag) = tags.lines().next() else {
        println!("there is nothing to compare with: the first release sets a tag");
        return Ok(());
    };
    let mut checks = tools::cargo_tool("cargo-semver-checks", "0.51.0")?;
    checks.args(["semver-checks", "--all-features", "--baseline-rev", tag]).current_dir(&workspace.root);
    for package in workspace.published().into_iter().filter(|package| package.has_library) {
        checks.args(["--package", &package.name]);
    }
    show(&mut checks)
}
