//! A command as a shell reads it (POSIX.1-2017, XCU 2): words with their places, and what a shell takes otherwise than the
//! person who wrote it. What the command does with its words is not known here.

mod lines;
mod operators;
mod quotes;
mod reader;
mod word;

pub(crate) use reader::{Command, Reader};
pub(crate) use word::Word;

/// Whether a curl command stands in `text`, maybe behind a prompt, comments and exports.
pub(crate) fn is_command(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.find(|line| !sets_variable(without_prompt(line))).is_some_and(|line| is_curl(without_prompt(line)))
}

fn is_curl(line: &str) -> bool {
    line.strip_prefix("curl").is_some_and(|rest| {
        rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '\\' || c == '\u{a0}')
    })
}

/// `$ `, `% ` and `> ` before a command.
fn without_prompt(line: &str) -> &str {
    let line = line.trim_start();
    ["$ ", "% ", "> "].iter().find_map(|prompt| line.strip_prefix(prompt)).unwrap_or(line).trim_start()
}

/// `export NAME=value` and `NAME=value`.
fn sets_variable(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    line.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !name.starts_with(|c: char| c.is_ascii_digit())
    }) || line.starts_with("set ")
}

/// Whether a line begins another command rather than going on with the one before.
fn begins_command(line: &str) -> bool {
    let line = line.trim_start();
    let prompted = line.starts_with("$ ") || line.starts_with("% ");
    let known = ["echo ", "cat ", "cd ", "jq ", "python ", "wget ", "sudo ", "chmod "];
    prompted || is_curl(line) || sets_variable(line) || known.iter().any(|command| line.starts_with(command))
}
