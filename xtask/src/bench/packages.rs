//! How many packages a program brings in with ours.

use std::collections::BTreeSet;
use std::error::Error;

use crate::ci;

/// What is added to a program, the package and its features, and how many packages that should be, itself included.
pub(super) const PACKAGES: [(&str, &str, &str, usize); 3] = [
    ("core", "your-moms-core", "", 23),
    ("core and ureq with rustls", "your-moms-ureq", "rustls", 36),
    ("core and reqwest with rustls", "your-moms-reqwest", "rustls", 90),
];

/// The number of distinct packages, as this system builds them.
pub(super) fn count(package: &str, features: &str) -> Result<usize, Box<dyn Error>> {
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
