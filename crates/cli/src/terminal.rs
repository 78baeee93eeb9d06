//! What the user sees: results on standard output, everything else on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::failure::Failure;
use crate::progress;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const QUIET: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// Prints a result.
///
/// # Errors
/// It could not be written. A reader that has gone (`| head`) is no error: it has read all it needs.
pub(crate) fn result(text: &str) -> Result<(), Failure> {
    write_result(format!("{text}\n").as_bytes())
}

/// Prints a result as JSON, on one line.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let line =
        serde_json::to_string(value).map_err(|_| Failure::failed("the result cannot be written as JSON"))?;
    result(&line)
}

/// Prints a result byte by byte as it is.
pub(crate) fn write_result(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::failed("the result could not be written to standard output").because(&error))
        }
        _ => Ok(()),
    }
}

/// Prints what exists nowhere else, such as a token that could not be stored: on standard error, if standard output is
/// full or closed.
pub(crate) fn rescue(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    let printed =
        stdout.write_all(bytes).and_then(|()| stdout.write_all(b"\n")).and_then(|()| stdout.flush());
    if printed.is_err() {
        let mut stderr = io::stderr().lock();
        // There is no third place.
        let _ = stderr.write_all(bytes).and_then(|()| stderr.write_all(b"\n"));
    }
}

/// Prints a line for the user. If nobody reads it, that is their choice.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints how far the work is: `2/3 …`.
pub(crate) fn step(number: usize, of: usize, text: &str) {
    say(&format!("{BOLD}{number}/{of}{BOLD:#} {text}"));
}

/// Prints why a command failed.
pub(crate) fn failure(failure: &Failure) {
    say(&format!("{ERROR}error:{ERROR:#} {}", failure.what()));
    for line in failure.why() {
        say(&format!("  {line}"));
    }
    if let Some(help) = failure.advice() {
        say(&format!("  {HELP}help:{HELP:#} {help}"));
    }
}

/// Something moves while the user waits; nothing does where standard error is no terminal.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    pub(crate) fn start(text: impl Into<String>) -> Self {
        let bar = ProgressBar::new_spinner().with_message(text.into());
        if let Ok(style) = ProgressStyle::with_template("    {spinner} {msg} ({elapsed}{prefix})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        progress::show(Some(bar.clone()));
        Self(bar)
    }

    /// Prints a line above the spinner.
    pub(crate) fn say(&self, text: &str) {
        self.0.suspend(|| say(text));
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        progress::show(None);
        self.0.finish_and_clear();
    }
}

/// Whether there is somebody to ask.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The terminal's settings, put back when dropped: a prompt for a secret turns its echo off, and Ctrl-C ends the program
/// before the prompt can turn it on again.
pub(crate) struct Settings {
    #[cfg(unix)]
    saved: Option<rustix::termios::Termios>,
}

impl Settings {
    pub(crate) fn save() -> Self {
        Self {
            #[cfg(unix)]
            saved: rustix::termios::tcgetattr(io::stdin()).ok(),
        }
    }
}

#[cfg(unix)]
impl Drop for Settings {
    fn drop(&mut self) {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let Some(saved) = &self.saved else { return };
        if tcgetattr(io::stdin()).is_ok_and(|now| !now.local_modes.contains(LocalModes::ECHO)) {
            // The prompt is still open, and so is its line.
            say("");
        }
        // A terminal that has gone needs no settings.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, saved);
    }
}
