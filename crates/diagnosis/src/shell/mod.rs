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
    let blank = |line: &&str| line.is_empty() || line.starts_with('#') || is_directive(line);
    let mut lines = text.lines().map(str::trim).filter(|line| !blank(line)).map(without_prompt);
    // A file may be written before it is sent.
    lines
        .find(|line| !sets_variable(line))
        .is_some_and(|line| is_curl(line) || is_other_command(line) && lines.any(is_curl))
}

/// A line of a template language: `{% raw %}`.
fn is_directive(line: &str) -> bool {
    line.starts_with("{%") && line.ends_with("%}")
}

fn is_curl(line: &str) -> bool {
    line.strip_prefix("curl").is_some_and(|rest| {
        rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '\\' || c == '\u{a0}')
    })
}

/// `$ `, `% `, `> ` and `me@host:~$ ` before a command.
fn without_prompt(line: &str) -> &str {
    let line = line.trim_start();
    ["$ ", "% ", "> "]
        .iter()
        .find_map(|prompt| line.strip_prefix(prompt))
        .or_else(|| without_host(line))
        .unwrap_or(line)
        .trim_start()
}

fn without_host(line: &str) -> Option<&str> {
    let end = line.bytes().take(64).position(|byte| byte == b' ')?;
    let (prompt, rest) = line.split_at_checked(end)?;
    (prompt.ends_with(['$', '%']) && prompt.contains(['~', '@', ':']) && !prompt.contains(['\'', '"']))
        .then_some(rest)
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

fn is_other_command(line: &str) -> bool {
    let known = ["echo ", "cat ", "cd ", "jq ", "python ", "wget ", "sudo ", "chmod "];
    known.iter().any(|command| line.starts_with(command))
}

/// Whether a line begins another command rather than going on with the one before.
fn begins_command(line: &str) -> bool {
    let line = line.trim_start();
    let prompted = line.starts_with("$ ") || line.starts_with("% ");
    prompted || is_curl(line) || sets_variable(line) || is_other_command(line)
}
