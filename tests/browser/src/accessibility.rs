//! What axe-core finds on the page that a browser shows.

use serde_json::Value;

use crate::browser::Browser;
use crate::outcome::{Failed, Outcome};

/// Fails with every serious or critical violation.
pub(crate) async fn check(browser: &Browser, axe: &str, page: &str) -> Outcome {
    if browser.run("return typeof axe").await? == "undefined" {
        browser.run(axe).await?;
    }
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(it => done(it.violations), it => done(String(it)));";
    let found = browser.run_async(script).await?;
    let violations = found.as_array().ok_or_else(|| format!("axe-core failed: {found}"))?;
    let serious: Vec<_> = violations.iter().filter(|it| is_serious(it)).map(describe).collect();
    if serious.is_empty() {
        return Ok(());
    }
    Err(format!("{page}: {}", serious.join("\n")).into())
}

/// Fails if the page is wider than the screen.
pub async fn fits(browser: &Browser, page: &str) -> Result<(), Failed> {
    let script = "const page = document.scrollingElement; return page.scrollWidth - page.clientWidth";
    match browser.run(script).await?.as_i64() {
        Some(0) => Ok(()),
        wider => Err(format!("{page} is wider than the screen by {wider:?} pixels").into()),
    }
}

fn is_serious(violation: &Value) -> bool {
    matches!(violation["impact"].as_str(), Some("serious" | "critical"))
}

fn describe(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let nodes: Vec<_> = nodes.map(|node| format!("{} {}", node["html"], node["failureSummary"])).collect();
    format!("{}: {} {}", violation["id"], violation["help"], nodes.join(" | "))
}
