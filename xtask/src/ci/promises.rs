//! `SECURITY.md` names the test behind each promise. Here: whether there are such tests.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::workspace::Workspace;

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let root = Workspace::read()?.root;
    let text = fs::read_to_string(root.join("SECURITY.md"))?;
    let tests = tests(&text);
    if tests.is_empty() {
        return Err("SECURITY.md names no test".into());
    }
    let missing: Vec<_> = tests
        .iter()
        .filter(|(file, name)| !is_there(&root, file, name))
        .map(|(file, name)| format!("{file}::{name}"))
        .collect();
    println!("SECURITY.md names {} tests", tests.len());
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("SECURITY.md names what is not there: {}", missing.join(", ")).into())
}

/// What stands in the text as `` `folder/file.rs::name` ``.
fn tests(text: &str) -> Vec<(&str, &str)> {
    text.split('`').skip(1).step_by(2).filter_map(|code| code.split_once(".rs::")).collect()
}

fn is_there(root: &Path, file: &str, name: &str) -> bool {
    let text = fs::read_to_string(root.join(format!("{file}.rs"))).unwrap_or_default();
    let mut is_test = false;
    text.lines().map(str::trim).any(|line| {
        is_test |= line == "#[test]" || line.starts_with("#[tokio::test");
        let is_it = line.contains(&format!("fn {name}("));
        let found = is_test && is_it;
        is_test &= !line.contains("fn ");
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_named_by_its_file() {
        let text = "| no secret | `crates/a/tests/b.rs::no_secret`, `cargo xtask kills` |";
        assert_eq!(super::tests(text), [("crates/a/tests/b", "no_secret")]);
    }

    #[test]
    fn only_a_test_counts() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.rs"), "fn helper() {}\n#[test]\nfn it() {\n}\nfn after() {}\n")
            .unwrap();
        assert!(is_there(root.path(), "a", "it"));
        for name in ["helper", "after", "i"] {
            assert!(!is_there(root.path(), "a", name), "{name}");
        }
        assert!(!is_there(root.path(), "b", "it"));
    }
}
