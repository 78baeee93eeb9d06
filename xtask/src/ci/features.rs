//! The sets of features that are checked.

use std::error::Error;

use crate::cargo::show;
use crate::tools;
use crate::workspace::Workspace;

/// The whole workspace as it is built by default, and each package with no feature, with each one alone and with all.
pub(super) fn sets() -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let mut sets = vec![vec!["--workspace".to_owned()]];
    for package in Workspace::read()?.packages.iter().filter(|package| !package.features.is_empty()) {
        let set = |more: &[&str]| {
            ["--package", &package.name].iter().chain(more).map(|part| (*part).to_owned()).collect()
        };
        sets.push(set(&["--no-default-features"]));
        sets.extend(
            package.features.iter().map(|feature| set(&["--no-default-features", "--features", feature])),
        );
        if package.features.len() > 1 {
            sets.push(set(&["--all-features"]));
        }
    }
    Ok(sets)
}

/// Every set there is, for each package by itself: here no dependency of a test turns on what the package forgot.
pub(super) fn powerset() -> Result<(), Box<dyn Error>> {
    let mut hack = tools::python_tool("cargo-hack")?;
    hack.args(["hack", "check", "--quiet", "--feature-powerset", "--no-dev-deps"]);
    for package in Workspace::read()?.published() {
        hack.args(["--package", &package.name]);
    }
    show(&mut hack)
}
