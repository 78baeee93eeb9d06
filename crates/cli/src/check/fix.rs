//! `your-moms check --fix`: the edits of the diagnostics, shown as a difference and made if the user agrees.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use dialoguer::Confirm;
use tempfile::NamedTempFile;
use your_moms_diagnosis::{DocumentError, Expectations, read};

use super::shown::Shown;
use crate::failure::Failure;
use crate::terminal;

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// Edits may show further mistakes; after so many rounds something is wrong.
const ROUNDS: usize = 20;

/// `text` with the edits made that the user agrees to, and written to `path`.
pub(super) fn run(
    path: &Path,
    name: &str,
    text: &str,
    expect: &Expectations,
    yes: bool,
) -> Result<String, Failure> {
    let fixed = fixed(text, expect);
    if fixed == text {
        return Ok(fixed);
    }
    terminal::result(&difference(name, text, &fixed))?;
    if !yes && !agrees(name)? {
        return Err(Failure::interrupted(format!("{name} was not changed")));
    }
    write(path, &fixed)
        .map_err(|error| Failure::failed(format!("{name} cannot be written")).because(&error))?;
    Ok(fixed)
}

/// `text` with every edit made, those among them that show only after the first ones.
fn fixed(text: &str, expect: &Expectations) -> String {
    let mut fixed = text.to_owned();
    for _ in 0..ROUNDS {
        let next = read(&fixed, expect).err().and_then(|error: DocumentError| error.fixed(&fixed));
        match next {
            Some(next) if next != fixed => fixed = next,
            _ => break,
        }
    }
    fixed
}

fn agrees(name: &str) -> Result<bool, Failure> {
    if !terminal::is_interactive() {
        return Err(
            Failure::usage("there is nobody to ask").help("give --yes to write the file without asking")
        );
    }
    let _settings = terminal::Settings::save();
    let asked =
        Confirm::new().with_prompt(format!("Write these changes to {name}?")).default(false).interact();
    asked.map_err(|_| Failure::interrupted("nothing was chosen"))
}

/// The lines that differ, as `diff` prints them, with secrets hidden.
fn difference(name: &str, before: &str, after: &str) -> String {
    // What differs may be hidden: the lines are compared as they are, and printed as they may be seen.
    let (shown_old, shown_new) = (Shown::of(before).text, Shown::of(after).text);
    let (shown_old, shown_new): (Vec<&str>, Vec<&str>) =
        (shown_old.lines().collect(), shown_new.lines().collect());
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut lines = vec![format!("--- {name}"), format!("+++ {name}, fixed")];
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if old.get(at) == new.get(to) {
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let (removed, added) = hunk(old.get(at..).unwrap_or_default(), new.get(to..).unwrap_or_default());
        lines.push(format!("@@ line {} @@", at + 1));
        let part = |lines: &[&str], from: usize, count: usize| -> Vec<String> {
            lines.iter().skip(from).take(count).map(|line| (*line).to_owned()).collect()
        };
        lines.extend(part(&shown_old, at, removed).iter().map(|line| format!("{REMOVED}-{line}{REMOVED:#}")));
        lines.extend(part(&shown_new, to, added).iter().map(|line| format!("{ADDED}+{line}{ADDED:#}")));
        (at, to) = (at + removed, to + added);
    }
    lines.join("\n")
}

/// How many lines of both differ before the next lines that are the same: the nearest such place, since edits are small.
fn hunk(old: &[&str], new: &[&str]) -> (usize, usize) {
    let nearest = (1..64_usize).find_map(|distance| {
        (0..=distance).map(|removed| (removed, distance - removed)).find(|(removed, added)| {
            let same = old
                .get(*removed)
                .is_some_and(|line| new.get(*added) == Some(line) && !line.trim().is_empty());
            same || *removed == old.len() && *added == new.len()
        })
    });
    nearest.unwrap_or((old.len(), new.len()))
}

/// Puts `text` in the place of the file, all of it or nothing.
fn write(path: &Path, text: &str) -> io::Result<()> {
    // The file itself, not a link to it, is replaced.
    let path = fs::canonicalize(path)?;
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
