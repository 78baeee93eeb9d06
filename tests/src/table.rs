//! `tests/COVERAGE.md`: from each error kind and each documented sentence to its cases.

use std::fmt::Write as _;

use crate::Coverage;

const HEAD: &str = "\
# What covers what

Written by `cargo xtask conformance --table`.

";

/// The page, whole.
pub fn coverage_page(coverage: &Coverage) -> String {
    let mut text = format!("{HEAD}| error kind | cases |\n|---|---|\n");
    for (kind, cases) in &coverage.kinds {
        row(&mut text, &format!("`{kind}`"), cases);
    }
    text.push_str("\n| sentence of the source document | cases |\n|---|---|\n");
    for (sentence, cases) in &coverage.sentences {
        row(&mut text, &cell(sentence), cases);
    }
    text
}

fn row(text: &mut String, first: &str, cases: &[String]) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "| {first} | {} |", cases.join(", "));
}

/// Text that a Markdown table shows as it is.
fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '<' | '>' | '*' | '_' | '`' | '\\' | '[' | ']' | '#' => shown.extend(['\\', c]),
            '\n' => shown.push(' '),
            c => shown.push(c),
        }
    }
    shown
}
