//! Tables as Markdown, and how figures are written.

use std::fmt::Write as _;

use super::figures::ratio;

/// `12 345 678`.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// By how much a goal is missed.
pub(super) fn missed(figure: u64, goal: u64) -> String {
    if figure <= goal {
        "met".to_owned()
    } else {
        format!("**+{:.0} %**", (ratio(figure, goal) - 1.0) * 100.0)
    }
}

/// A ratio beside its goal, if it has one: `1.09 (goal 1.00: **+9 %**)`.
pub(super) fn beside(ratio: f64, goal: Option<f64>) -> String {
    match goal {
        None => format!("{ratio:.2}"),
        Some(goal) if is_met(ratio, goal) => format!("{ratio:.2} (goal {goal:.2}: met)"),
        Some(goal) => format!("{ratio:.2} (goal {goal:.2}: **+{:.0} %**)", (ratio / goal - 1.0) * 100.0),
    }
}

/// Whether a ratio meets its goal, as far as its digits are shown.
pub(super) fn is_met(ratio: f64, goal: f64) -> bool {
    ratio < goal + 0.005
}

/// Columns, the first of them text, and rows; nothing without rows.
pub(super) fn table(columns: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = format!("\n| {} |\n|---|{}\n", columns.join(" | "), "--:|".repeat(columns.len() - 1));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// Why goals are missed, and where the instructions go: the names of the figures, each with its reason and its profile.
pub(super) fn reasons(missed: &[(String, Option<&str>, Vec<String>)]) -> String {
    if missed.is_empty() {
        return "\nEvery goal is met.\n".to_owned();
    }
    let mut text =
        "\nThe functions that spend most instructions themselves, calls to others not counted.\n".to_owned();
    for (name, why, functions) in missed {
        let _ = write!(text, "\n**{name}**");
        if let Some(why) = why {
            let _ = write!(text, ": {why}");
        }
        text.push('\n');
        if !functions.is_empty() {
            let _ = write!(text, "\n```text\n{}\n```\n", functions.join("\n"));
        }
    }
    text
}
