//! The totals in `docs/SECURITY_TESTING.md`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::outcome::Outcome;

/// Adds what was executed to the rows of the table that begin with a target's name and its total.
pub(super) fn add(page: &Path, outcomes: &[Outcome]) -> Result<(), Box<dyn Error>> {
    let today = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let today = today.get(..10).unwrap_or_default();
    let text = fs::read_to_string(page)?;
    let lines = text.lines().map(|line| {
        let row = outcomes.iter().find_map(|outcome| row(line, outcome, today));
        row.unwrap_or_else(|| line.to_owned()) + "\n"
    });
    fs::write(page, lines.collect::<String>())?;
    Ok(())
}

/// `| name | total | last run |`, with the total grouped by spaces.
fn row(line: &str, outcome: &Outcome, today: &str) -> Option<String> {
    let begins = format!("| `{}` | ", outcome.target);
    let (before, _) = line.strip_prefix(&begins)?.split_once(" |")?;
    let before: u64 = before.split(' ').collect::<String>().parse().ok()?;
    Some(format!("{begins}{} | {today} |", grouped(before + outcome.executions)))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gets_the_sum_and_the_day() {
        let mut outcome = Outcome::new("parse");
        outcome.executions = 1_000_001;
        let row = row("| `parse` | 12 345 | 2026-01-01 |", &outcome, "2026-02-03");
        assert_eq!(row.as_deref(), Some("| `parse` | 1 012 346 | 2026-02-03 |"));
    }
}
