//! Which lines of core its tests run: its own, and the golden files.

use std::error::Error;
use std::fs;

use serde_json::Value;

use crate::cargo::show;
use crate::tools;
use crate::workspace::Workspace;

/// The least share of lines, in percent.
const LEAST: f64 = 95.0;

pub(super) fn run() -> Result<(), Box<dyn Error>> {
    tools::component("llvm-tools", None)?;
    let workspace = Workspace::read()?;
    let file = workspace.target.join("coverage.json");
    let mut coverage = tools::python_tool("cargo-llvm-cov")?;
    coverage.args([
        "llvm-cov",
        "--quiet",
        "--package",
        "your-moms-core",
        "--package",
        "your-moms-golden-alone",
    ]);
    coverage.args(["--all-features", "--json", "--summary-only", "--output-path"]).arg(&file);
    show(coverage.current_dir(&workspace.root))?;
    judge(&serde_json::from_slice(&fs::read(file)?)?)
}

/// Prints the files of core, the worst first.
fn judge(report: &Value) -> Result<(), Box<dyn Error>> {
    let files =
        report.pointer("/data/0/files").and_then(Value::as_array).ok_or("cargo-llvm-cov reports no files")?;
    let mut lines: Vec<_> = files.iter().filter_map(lines_of_core).collect();
    lines.sort_by_key(|(_, count, covered)| std::cmp::Reverse(count - covered));
    for (name, count, covered) in lines.iter().filter(|(_, count, covered)| covered < count) {
        println!("{:5} of {count:4} lines are not run: {name}", count - covered);
    }
    let sum = |part: fn(&(&str, u32, u32)) -> u32| f64::from(lines.iter().map(part).sum::<u32>());
    let share = 100.0 * sum(|(_, _, covered)| *covered) / sum(|(_, count, _)| *count).max(1.0);
    println!("core: {share:.1} % of its lines are run, of {LEAST} % asked for");
    if share < LEAST { Err("too many lines of core are not run by any test".into()) } else { Ok(()) }
}

fn lines_of_core(file: &Value) -> Option<(&str, u32, u32)> {
    let name = file.get("filename")?.as_str()?;
    let at = name.replace('\\', "/").find("crates/core/src/")?;
    let number = |which| file.pointer(which)?.as_u64()?.try_into().ok();
    Some((name.get(at..)?, number("/summary/lines/count")?, number("/summary/lines/covered")?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_core_counts() {
        let report = |covered| {
            let file = |name: &str, covered| json!({"filename": name, "summary": {"lines": {"count": 100, "covered": covered}}});
            json!({"data": [{"files": [file("/a/crates/core/src/lib.rs", covered), file("/a/xtask/src/main.rs", 0)]}]})
        };
        assert!(judge(&report(95)).is_ok());
        assert!(judge(&report(94)).is_err());
        assert!(judge(&json!({"data": [{"files": []}]})).is_err());
    }
}
