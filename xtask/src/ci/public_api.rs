//! Which other crates' types show in core's public API. A new version of one of them would be a new version of core.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cargo::{cargo, read};
use crate::tools;
use crate::workspace::Workspace;

/// The standard library's crates, `http`, and serde's traits, which are defined in `serde_core`.
const ALLOWED: [&str; 5] = ["alloc", "core", "http", "serde_core", "std"];

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let described: Value = serde_json::from_slice(&fs::read(describe()?)?)?;
    let shown = crates(&described);
    println!("your-moms-core shows types of: {}", shown.iter().cloned().collect::<Vec<_>>().join(", "));
    if !shown.contains("http") {
        return Err("rustdoc's JSON has another form now: it should show `http`".into());
    }
    match shown.iter().find(|name| !ALLOWED.contains(&name.as_str())) {
        Some(name) => {
            Err(format!("types of `{name}` must not show in the public API of your-moms-core").into())
        }
        None => Ok(()),
    }
}

/// The same as cargo-public-api lists it, which is another reading of what rustdoc describes.
pub(super) fn listing() -> Result<(), Box<dyn Error>> {
    let mut tool = tools::cargo_tool("cargo-public-api", "0.52.0")?;
    // Without the implementations that every type has.
    let listing = read(tool.arg("-sss").arg("--rustdoc-json").arg(describe()?))?;
    println!("your-moms-core: {} public items", listing.lines().count());
    if !listing.contains("http::") {
        return Err("cargo-public-api lists nothing of `http`, which core shows".into());
    }
    let foreign: Vec<_> = listing.lines().filter(|line| !foreign(line).is_empty()).collect();
    match foreign.as_slice() {
        [] => Ok(()),
        _ => Err(format!("types of other crates show:\n{}", foreign.join("\n")).into()),
    }
}

/// The file in which rustdoc describes core.
fn describe() -> Result<PathBuf, Box<dyn Error>> {
    let target = Workspace::read()?.target.join("public-api");
    let folder = target.to_string_lossy();
    // rustdoc describes a crate as JSON only where unstable options are allowed; the compiler is the stable one.
    cargo(
        &[
            "rustdoc",
            "--quiet",
            "--package",
            "your-moms-core",
            "--all-features",
            "--lib",
            "--target-dir",
            &folder,
            "--",
            "-Z",
            "unstable-options",
            "--output-format",
            "json",
        ],
        &[("RUSTC_BOOTSTRAP", "1")],
    )?;
    Ok(target.join("doc/your_moms_core.json"))
}

/// The crates that a line names and that must not show.
fn foreign(line: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    line.split(|c| !is_name(c))
        .filter_map(|path| path.split_once("::"))
        .map(|(first, _)| first)
        .filter(|first| first.chars().next().is_some_and(char::is_lowercase))
        .filter(|first| *first != "your_moms_core" && !ALLOWED.contains(first))
        .collect()
}

/// The other crates that are named in what rustdoc describes of a crate.
fn crates(described: &Value) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let own = described.get("index").and_then(Value::as_object).into_iter().flat_map(|items| items.values());
    // `impl<T> Trait for T` of another crate is that crate's, and shows wherever it is built in.
    let is_blanket = |item: &Value| item.pointer("/inner/impl/blanket_impl").is_some_and(|of| !of.is_null());
    let is_own = |item: &Value| item.get("crate_id").and_then(Value::as_u64) == Some(0);
    for item in own.filter(|item| is_own(item) && !is_blanket(item)) {
        collect(item, &mut ids);
    }
    let name = |id: &u64| {
        let owner = described.get("paths")?.get(id.to_string())?.get("crate_id")?.as_u64()?;
        described.get("external_crates")?.get(owner.to_string())?.get("name")?.as_str()
    };
    ids.iter().filter_map(name).map(str::to_owned).collect()
}

/// The ids of all types and traits that are named in `value`, and of what is exported once more.
fn collect(value: &Value, ids: &mut BTreeSet<u64>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if matches!(name.as_str(), "resolved_path" | "trait" | "use") {
                    ids.extend(member.get("id").and_then(Value::as_u64));
                }
                collect(member, ids);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_foreign_path_is_seen_in_a_listing() {
        let own = "pub fn your_moms_core::Json::to<T: serde_core::de::DeserializeOwned>(&self) -> core::option::Option<T>";
        assert_eq!(foreign(own), [""; 0]);
        let other = "impl core::convert::From<serde_json::value::Value> for your_moms_core::Json";
        assert_eq!(foreign(other), ["serde_json"]);
    }

    #[test]
    fn a_foreign_type_is_seen_however_deep() {
        let described = json!({
            "index": {
                "1": {"crate_id": 0, "inner": {"function": {"sig": {"inputs": [["x", {"resolved_path": {"id": 7}}]]}}}},
                "3": {"crate_id": 0, "inner": {"use": {"source": "url::Url", "id": 9}}},
                "2": {"crate_id": 3, "inner": {"function": {"sig": {"inputs": [["x", {"resolved_path": {"id": 8}}]]}}}},
            },
            "paths": {"7": {"crate_id": 4}, "8": {"crate_id": 5}, "9": {"crate_id": 6}},
            "external_crates": {"4": {"name": "bytes"}, "5": {"name": "hyper"}, "6": {"name": "url"}},
        });
        assert_eq!(crates(&described), BTreeSet::from(["bytes".to_owned(), "url".to_owned()]));
    }
}
