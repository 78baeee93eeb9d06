//! How many packages a program brings in with ours.

use std::collections::BTreeSet;
use std::error::Error;

use super::session::Session;
use super::table::{grouped, missed, table};
use crate::cargo;

struct Addition {
    what: &'static str,
    package: &'static str,
    features: &'static str,
    /// How many packages it should be, itself included.
    goal: u64,
    /// Why the goal is missed, shown while it is.
    why: &'static str,
}

const ADDITIONS: [Addition; 3] = [
    Addition { what: "core", package: "your-moms-core", features: "", goal: 23, why: "" },
    Addition {
        what: "core and ureq with rustls",
        package: "your-moms-ureq",
        features: "rustls",
        goal: 36,
        why: "`getrandom` 0.4 beside 0.2, which ring brings, and `thiserror` and `thiserror-impl` of core",
    },
    Addition {
        what: "core and reqwest with rustls",
        package: "your-moms-reqwest",
        features: "rustls",
        goal: 90,
        why: "beyond core, and what reqwest and rustls bring themselves, it is the adapter and `getrandom` with `cfg-if`",
    },
];

const INTRODUCTION: &str =
    "\nDistinct packages that a program builds, ours included, and not those of build scripts.\n";

const LOCK_FILE: &str = "
The count with reqwest is that of this workspace's lock file, which takes `idna_adapter` 1.1.0. A program that resolves its
dependencies afresh gets a later one, which brings sixteen packages more: 94 instead of 78, and the goal is missed by 4 %. The
adapter's documentation, \"Fewer packages\", says how to choose the earlier one.
";

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for Addition { what, package, features, goal, why } in ADDITIONS {
        let count = count(package, features)?;
        let why = if count > goal { why } else { "" };
        rows.push(
            [what, &grouped(count), &grouped(goal), &missed(count, goal), why].map(str::to_owned).into(),
        );
    }
    let counts = table(&["what is added", "packages", "goal", "", "why"], &rows);
    session.section("Packages", &(INTRODUCTION.to_owned() + &counts + LOCK_FILE))
}

/// The number of distinct packages, as this system builds them.
fn count(package: &str, features: &str) -> Result<u64, Box<dyn Error>> {
    let output = cargo::command(&[
        "tree",
        "--package",
        package,
        "--features",
        features,
        "--edges",
        "normal",
        "--prefix",
        "none",
    ])
    .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let tree = String::from_utf8(output.stdout)?;
    // Cargo marks a package that it has listed before.
    let distinct: BTreeSet<_> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    Ok(distinct.len() as u64)
}
