//! What the user sees: results on standard output, everything else on standard error.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _, Write as _};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::failure::Failure;
use crate::printable::printable;

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
    match write(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::failed("the result could not be written to standard output").because(&error))
        }
        _ => Ok(()),
    }
}

/// Prints what has been done. It stays done if it cannot be printed: then the user is told on standard error, and the
/// command has not failed.
pub(crate) fn done(text: &str) {
    match write(format!("{text}\n").as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(&format!("{text}\n(standard output cannot be written: {error})"));
        }
        _ => {}
    }
}

/// As [`done`], as JSON on one line.
pub(crate) fn done_json(value: &impl Serialize) {
    // Serializing what is printed here cannot fail: there are only texts and numbers in it.
    done(&serde_json::to_string(value).unwrap_or_default());
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush())
}

/// Prints what exists nowhere else, such as a token that could not be stored: on standard output, or where that is closed or
/// full on standard error, or else on the terminal that the program was started from.
pub(crate) fn rescue(bytes: &[u8]) {
    let line = [bytes, b"\n"].concat();
    let printed = (!is_dropped(&io::stdout()) && rescue_to(io::stdout().lock(), &line))
        || (!is_dropped(&io::stderr()) && rescue_to(io::stderr().lock(), &line));
    if !printed && let Ok(terminal) = OpenOptions::new().write(true).open("/dev/tty") {
        rescue_to(terminal, &line);
    }
}

fn rescue_to(mut to: impl io::Write, line: &[u8]) -> bool {
    to.write_all(line).and_then(|()| to.flush()).is_ok()
}

/// Whether what is written there goes nowhere. A stream that was closed when the program started is the null device by now.
#[cfg(unix)]
fn is_dropped(stream: &impl std::os::fd::AsFd) -> bool {
    let (null, stream) = (rustix::fs::stat("/dev/null"), rustix::fs::fstat(stream));
    null.is_ok_and(|null| {
        stream.is_ok_and(|stream| (stream.st_dev, stream.st_ino) == (null.st_dev, null.st_ino))
    })
}

#[cfg(not(unix))]
fn is_dropped<T>(_: &T) -> bool {
    false
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
    // The name of a file, for one, may have anything in it.
    say(&format!("{ERROR}error:{ERROR:#} {}", printable(failure.what())));
    for line in failure.why() {
        say(&format!("  {}", printable(line)));
    }
    if let Some(help) = failure.advice() {
        say(&format!("  {HELP}help:{HELP:#} {}", printable(help)));
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
        if io::stderr().is_terminal() {
            // A choice hides the cursor while it waits.
            let _ = io::stderr().write_all(b"\x1b[?25h");
        }
    }
}
