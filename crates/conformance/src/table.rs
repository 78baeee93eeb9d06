//! The table in `tests/README.md`: from each error kind and each documented sentence to its cases.

use std::fmt::Write as _;

use thiserror::Error;

use crate::Coverage;

const BEGIN: &str = "<!-- table: begin; written by `cargo xtask conformance --table` -->\n";
const END: &str = "<!-- table: end -->\n";

/// The text has no place for the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the two lines `<!-- table: begin … -->` and `<!-- table: end -->` are not there")]
pub struct TableError;

/// The table that stands in `readme` now.
///
/// # Errors
/// [`TableError`].
pub fn current_table(readme: &str) -> Result<&str, TableError> {
    split(readme).map(|(_, table, _)| table)
}

/// `readme` with the table of `coverage` in the place of the one it has.
///
/// # Errors
/// [`TableError`].
pub fn with_table(readme: &str, coverage: &Coverage) -> Result<String, TableError> {
    let (before, _, after) = split(readme)?;
    Ok(format!("{before}{}{after}", table(coverage)))
}

fn split(readme: &str) -> Result<(&str, &str, &str), TableError> {
    let start = readme.find(BEGIN).ok_or(TableError)? + BEGIN.len();
    let (before, rest) = readme.split_at(start);
    let (table, after) = rest.split_at(rest.find(END).ok_or(TableError)?);
    Ok((before, table, after))
}

fn table(coverage: &Coverage) -> String {
    let mut text = String::from("\n| error kind | cases |\n|---|---|\n");
    for (kind, cases) in &coverage.kinds {
        row(&mut text, &format!("`{kind}`"), cases);
    }
    text.push_str("\n| sentence of the source document | cases |\n|---|---|\n");
    for (sentence, cases) in &coverage.sentences {
        row(&mut text, &cell(sentence), cases);
    }
    text.push('\n');
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
