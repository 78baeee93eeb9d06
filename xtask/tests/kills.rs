//! The command `cargo xtask kills`, as a person or CI runs it.

#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let arguments = [&["kills", "--kills", "60", "--seed", "7"], arguments].concat();
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

fn last_line(output: &Output) -> String {
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    stdout.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn nothing_is_lost() {
    let output = run(&[]);
    assert_eq!(last_line(&output), "60 kills, 0 lost, 0 twice");
    assert!(output.status.success());
}

#[test]
fn without_the_record_the_losses_are_seen() {
    let output = run(&["--without-record"]);
    let line = last_line(&output);
    assert!(line.starts_with("60 kills, ") && !line.contains(" 0 lost"), "{line}");
    assert_eq!(output.status.code(), Some(1));
}
