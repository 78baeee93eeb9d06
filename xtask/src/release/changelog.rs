//! The version, and what the changelog says of it.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

use crate::workspace::Workspace;

/// The one version of all packages, which has a heading in `CHANGELOG.md`.
pub(super) fn check(workspace: &Workspace) -> Result<(), Box<dyn Error>> {
    let versions: BTreeSet<_> = workspace.published().iter().map(|package| &package.version).collect();
    let mut versions = versions.into_iter();
    let (Some(version), None) = (versions.next(), versions.next()) else {
        return Err("the packages have several versions: `version.workspace = true` in each".into());
    };
    let changelog = fs::read_to_string(workspace.root.join("CHANGELOG.md"))?;
    if heading(&changelog, version) {
        return Ok(());
    }
    Err(format!("CHANGELOG.md has no heading `## {version} - YYYY-MM-DD`: rename `## Unreleased`").into())
}

/// Whether a heading names the version and a day.
fn heading(changelog: &str, version: &str) -> bool {
    let day = |text: &str| text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let dated = |rest: &str| rest.strip_prefix(" - ").is_some_and(day);
    let name = |line: &'_ str| line.strip_prefix("## ").map(|it| it.replace(['[', ']'], ""));
    changelog.lines().filter_map(name).any(|it| it.strip_prefix(version).is_some_and(dated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_version_has_a_day() {
        assert!(heading("# Changelog\n\n## 0.1.0 - 2026-11-24\n", "0.1.0"));
        assert!(heading("## [0.1.0] - 2026-11-24\n", "0.1.0"));
        for text in
            ["## Unreleased", "## 0.1.0", "## 0.1.0 - soon", "## 0.1.01 - 2026-11-24", "0.1.0 - 2026-11-24"]
        {
            assert!(!heading(text, "0.1.0"), "{text}");
        }
    }
}
