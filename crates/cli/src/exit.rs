//! How the program ends.

use std::process::ExitCode;

/// Why the program did not do what it was asked. The numbers are part of its interface: [`HELP`] tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Failed = 1,
    Usage = 2,
    Denied = 3,
    Refused = 4,
    TimedOut = 5,
    /// As a shell reports a program that SIGINT ended.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The end of `--help`.
pub(crate) const HELP: &str = "\
Secrets are never arguments: other users see them there, and shells keep them. They come from the environment \
(YOUR_MOMS_USER_SECRET, YOUR_MOMS_ORGANIZATION_SECRET, YOUR_MOMS_API_SECRET), from a file (`--user-secret @FILE`), or \
from a prompt.

Exit codes:
  0    done
  1    failed
  2    wrong usage, or a value is missing
  3    the user denied access
  4    the platform refused
  5    timed out
  130  interrupted (Ctrl-C)";
