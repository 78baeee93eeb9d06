//! How the program ends.

use std::process::ExitCode;

use your_moms_core::ErrorClass;

/// Why the program did not do what it was asked. The numbers are part of its interface: [`HELP`] lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Failed = 1,
    Usage = 2,
    Denied = 3,
    Refused = 4,
    TimedOut = 5,
    /// As a shell reports a program that SIGINT ended; whatever asked this one to end.
    Interrupted = 130,
}

/// A call failed.
impl From<ErrorClass> for Exit {
    fn from(class: ErrorClass) -> Self {
        match class {
            ErrorClass::Invalid => Self::Usage,
            ErrorClass::Unauthorized
            | ErrorClass::Forbidden
            | ErrorClass::NotFound
            | ErrorClass::Conflict
            | ErrorClass::Refused
            | ErrorClass::RateLimited
            | ErrorClass::Unavailable
            | ErrorClass::Failed => Self::Refused,
            ErrorClass::TimedOut => Self::TimedOut,
            // Redirected, unreadable, unreachable, interrupted, untrusted, ambiguous, unresolved.
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The end of `--help`.
pub(crate) const HELP: &str = "\
Secrets are never arguments: other users could see them, and shells keep a history. They come from the environment \
(YOUR_MOMS_USER_SECRET, YOUR_MOMS_ORGANIZATION_SECRET, YOUR_MOMS_API_SECRET), from a file (`--user-secret @FILE`), or \
from a prompt.

Exit codes:
  0    done
  1    failed for another reason, such as a platform that cannot be reached
  2    wrong usage, or a value is missing
  3    the user denied access
  4    the platform refused the request, or failed
  5    timed out
  130  interrupted (Ctrl-C, SIGTERM, SIGHUP)";
