//! What packages may stand on.

use std::collections::BTreeSet;
use std::error::Error;

use crate::cargo::output;

/// The most crates that `your-moms-core` may stand on, itself included.
const CORE_CRATES: usize = 24;

/// Crates that must not be among the dependencies of a package: a blocking program pulls in no async runtime, an
/// asynchronous one no second HTTP library, and one that brings its own HTTP client none of ours.
const ABSENT: [(&str, &str); 6] = [
    ("your-moms-ureq", "tokio"),
    ("your-moms-reqwest", "ureq"),
    ("your-moms-tower", "hyper"),
    ("your-moms-tower", "tokio"),
    ("your-moms-tower", "tower"),
    ("your-moms-core", "tokio"),
];

pub(super) fn check() -> Result<(), Box<dyn Error>> {
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

fn crates(package: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let tree = output(&["tree", "--package", package, "--edges", "normal", "--prefix", "none"])?;
    // Cargo marks a crate that it has listed before.
    Ok(tree.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect())
}
