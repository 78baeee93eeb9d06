//! How many packages a program brings in with ours.

use std::collections::BTreeSet;
use std::error::Error;

use super::session::Session;
use super::table::{grouped, missed, table};
use crate::ci;

/// What is added to a program, the package and its features, and how many packages that should be, itself included.
const PACKAGES: [(&str, &str, &str, usize); 3] = [
    ("core", "your-moms-core", "", 23),
    ("core and ureq with rustls", "your-moms-ureq", "rustls", 36),
    ("core and reqwest with rustls", "your-moms-reqwest", "rustls", 90),
];

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for (what, package, features, goal) in PACKAGES {
        let (count, goal) = (count(package, features)? as u64, goal as u64);
        rows.push(vec![what.to_owned(), grouped(count), grouped(goal), missed(count, goal)]);
    }
    session.section("Packages", &table(&["what is added", "packages", "goal", ""], &rows))
}

/// The number of distinct packages, as this system builds them.
fn count(package: &str, features: &str) -> Result<usize, Box<dyn Error>> {
    let output = ci::command(&[
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
    Ok(distinct.len())
}
