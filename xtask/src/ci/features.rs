//! The sets of features that are checked.

use std::error::Error;

use serde_json::Value;

use super::output;

/// The whole workspace as it is built by default, and each package with no feature, with each one alone and with all.
pub(super) fn sets() -> Result<Vec<Vec<String>>, Box<dyn Error>> {
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
