//! `SECURITY.md` names the tests behind each promise, functions and golden files. Here: whether there are such tests.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::workspace::Workspace;

/// Where the golden files are.
const GOLDEN: &str = "tests/golden/";

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let root = Workspace::read()?.root;
    let text = fs::read_to_string(root.join("SECURITY.md"))?;
    let tests = tests(&text);
    if tests.is_empty() {
        return Err("SECURITY.md names no test".into());
    }
    let missing: Vec<_> = tests.iter().filter(|test| !is_there(&root, test)).copied().collect();
    println!("SECURITY.md names {} tests", tests.len());
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("SECURITY.md names what is not there: {}", missing.join(", ")).into())
}

/// What stands in the text as `` `folder/file.rs::name` `` or `` `tests/golden/group/name.json` ``.
fn tests(text: &str) -> Vec<&str> {
    let is_test = |code: &&str| code.contains(".rs::") || code.starts_with(GOLDEN);
    text.split('`').skip(1).step_by(2).filter(is_test).collect()
}

fn is_there(root: &Path, test: &str) -> bool {
    let Some((file, name)) = test.split_once("::") else { return root.join(test).is_file() };
    let source = fs::read_to_string(root.join(file)).unwrap_or_default();
    let mut is_test = false;
    source.lines().map(str::trim).any(|line| {
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
        let text =
            "| no secret | `crates/a/tests/b.rs::no_secret`, `tests/golden/c/d.json`, `cargo xtask kills` |";
        assert_eq!(super::tests(text), ["crates/a/tests/b.rs::no_secret", "tests/golden/c/d.json"]);
    }

    #[test]
    fn only_a_test_counts() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.rs"), "fn helper() {}\n#[test]\nfn it() {\n}\nfn after() {}\n")
            .unwrap();
        for test in ["a.rs::it", "a.rs"] {
            assert!(is_there(root.path(), test), "{test}");
        }
        for other in ["a.rs::helper", "a.rs::after", "a.rs::i", "b.rs::it", "b.json"] {
            assert!(!is_there(root.path(), other), "{other}");
        }
    }
}
