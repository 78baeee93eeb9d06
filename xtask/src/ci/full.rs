//! What takes long, or tools of its own: once a week, and before a release.

use std::error::Error;

use super::check::{Check, task};
use super::{coverage, deny, features, minimal, miri, mutants, public_api, semver};
use crate::cargo::{cargo, show};
use crate::release;
use crate::tools::{self, MSRV};
use crate::workspace::Workspace;

/// What brings the web application, browsers and its database together.
const POSTGRES: [(&str, &str); 4] =
    [("chromium", "chromium"), ("chromedriver", "chromium-driver"), ("npm", "npm"), ("initdb", "postgresql")];

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "advisories",
        fix: "update the crate, or ignore it in deny.toml with the reason",
        run: deny::advisories,
    },
    Check { name: "spelling", fix: "correct it, or add the word to typos.toml", run: spelling },
    Check { name: "toml", fix: "run `target/tools/python/bin/taplo fmt`", run: toml },
    Check { name: "packages", fix: "see \"Release\" in CONTRIBUTING.md", run: release::check },
    Check {
        name: "core-alone",
        fix: "a test of core may read only what its package holds",
        run: release::core_alone,
    },
    Check {
        name: "powerset",
        fix: "gate what the feature brings with `#[cfg(feature = …)]`",
        run: features::powerset,
    },
    Check { name: "msrv", fix: "do without what came later, or raise `rust-version`", run: msrv },
    Check {
        name: "minimal-versions",
        fix: "raise the requirement in Cargo.toml to what compiles",
        run: minimal::check,
    },
    Check { name: "api-listing", fix: "hide the type behind one of core's own", run: public_api::listing },
    Check { name: "semver", fix: "raise the version as cargo-semver-checks says", run: semver::check },
    Check { name: "miri", fix: "run the printed command, and follow Miri's trace", run: miri::check },
    Check {
        name: "coverage",
        fix: "test the lines of the printed files, or remove them",
        run: coverage::run,
    },
    Check { name: "fuzz", fix: "what it found becomes a golden file: docs/SECURITY_TESTING.md", run: fuzz },
    Check {
        name: "transports",
        fix: "see the cell that fails, on a machine that is not busy",
        run: || task(&[], &["transports"]),
    },
    Check {
        name: "soak",
        fix: "what grows is kept for ever: give it an end",
        run: || task(&[], &["sandbox", "--soak"]),
    },
    Check {
        name: "postgres",
        fix: "see the scenario that fails",
        run: || task(&POSTGRES, &["web", "--postgres"]),
    },
    Check {
        name: "mutants",
        fix: "test what survives, or list it in survivors.txt with the reason",
        run: mutants::run,
    },
];

fn spelling() -> Result<(), Box<dyn Error>> {
    show(tools::python_tool("typos")?.current_dir(Workspace::read()?.root))
}

fn toml() -> Result<(), Box<dyn Error>> {
    show(tools::python_tool("taplo")?.args(["fmt", "--check"]).current_dir(Workspace::read()?.root))
}

/// The packages that users depend on, with the oldest compiler that they are promised.
fn msrv() -> Result<(), Box<dyn Error>> {
    let mut check = tools::toolchain(MSRV)?;
    check.args(["check", "--quiet", "--all-features"]);
    for package in Workspace::read()?.published() {
        check.args(["--package", &package.name]);
    }
    show(&mut check)
}

fn fuzz() -> Result<(), Box<dyn Error>> {
    tools::python_tool("cargo-fuzz")?;
    // A workspace of its own.
    let lints =
        ["clippy", "--quiet", "--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target/fuzz/lints"];
    cargo(&[&lints[..], &["--", "-D", "warnings"]].concat(), &[])?;
    task(&[("c++", "g++")], &["fuzz", "--smoke"])
}
