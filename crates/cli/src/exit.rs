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

impl Exit {
    /// The class of a failure that is no call's, for programs.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Failed => "program",
            Self::Usage => "usage",
            Self::Denied => "denied",
            Self::Refused => "refused",
            Self::TimedOut => "timed-out",
            Self::Interrupted => "cancelled",
        }
    }
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

/// The end of the first page.
pub(crate) const EXAMPLES: &str = "\
Examples:
  your-moms connect instagram --sandbox --yes   the whole way, with no account and no network
  your-moms connectors instagram                what a connector needs
  your-moms call GET /hubs/social/media         a request through the instance that was connected";

/// The end of its long form.
pub(crate) const HELP: &str = "\
Examples:
  your-moms connect instagram --sandbox --yes   the whole way, with no account and no network
  your-moms connectors instagram                what a connector needs
  your-moms call GET /hubs/social/media         a request through the instance that was connected

Secrets are never arguments: other users could see them, and shells keep a history. They come from the environment \
(YOUR_MOMS_USER_SECRET, YOUR_MOMS_ORGANIZATION_SECRET, YOUR_MOMS_API_SECRET), from a file (`--user-secret @FILE`), or \
from a prompt.

Exit codes:
  0    done
  1    failed for another reason, such as a platform that cannot be reached
  2    wrong usage, or a value is missing
  3    access was denied
  4    the platform refused the request, or failed
  5    timed out
  130  interrupted (Ctrl-C, SIGTERM, SIGHUP)";
