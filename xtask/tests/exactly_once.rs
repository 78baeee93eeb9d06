//! The command `cargo xtask exactly-once`, as a person or CI runs it.

#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("exactly-once").args(arguments).output().unwrap()
}

fn last_line(output: &Output) -> String {
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    stdout.lines().last().unwrap_or_default().to_owned()
}

/// A gateway's 429 in place of the response to a creation that was made.
const BUSY: &str = "gateway-429 after";

#[test]
fn the_client_has_no_violation() {
    let output = run(&["--filter", &format!("{BUSY} | cancel, again")]);
    assert_eq!(last_line(&output), "34 runs, 0 duplicates, 0 lost, 0 mixed up, 0 wrongly reported");
    assert!(output.status.success());
}

#[test]
fn without_the_search_the_violations_are_seen() {
    let output = run(&["--without-search", "--filter", &format!("{BUSY} | once | basic | plain")]);
    assert_eq!(last_line(&output), "1 runs, 1 duplicates, 0 lost, 0 mixed up, 0 wrongly reported");
    assert_eq!(output.status.code(), Some(1));
    let stdout = String::from_utf8(output.stdout).unwrap();
    let violation = format!("\nduplicate: {BUSY} | once | basic | plain | ");
    assert!(stdout.contains(&violation), "{stdout}");
}

#[test]
fn a_filter_that_chooses_nothing_is_a_mistake() {
    let output = run(&["--filter", "no such run"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "no run has such a name\n");
}
