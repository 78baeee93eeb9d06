//! How the program ends. The numbers are those of `sysexits.h`, which schedulers and mail servers know.

use std::process::ExitCode;

use your_moms_core::ErrorClass;

use crate::failure::Failure;

/// The exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything was listed.
    Done = 0,
    /// The stored instance cannot be read: connect the account again.
    BadInstance = 65,
    /// The file with the stored instance is not there.
    NoInstance = 66,
    /// The platform refused, and will refuse again.
    Refused = 69,
    /// The output could not be written.
    Output = 74,
    /// It may go well the next time: run the job again, or wait for its next turn.
    Temporary = 75,
    /// What came back is not the platform's protocol.
    Protocol = 76,
    /// The account is disconnected or disabled, or the secrets are wrong: someone has to act.
    NoPermission = 77,
    /// A setting is missing or wrong.
    Configuration = 78,
}

impl Exit {
    /// What `failure` means to a scheduler.
    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Missing(_) | Failure::NotText(_) | Failure::Settings(_) => Self::Configuration,
            Failure::NoInstance(..) => Self::NoInstance,
            Failure::BadInstance { .. } => Self::BadInstance,
            Failure::Output(_) => Self::Output,
            Failure::Platform(error) => Self::from(error.class()),
        }
    }
}

impl From<ErrorClass> for Exit {
    fn from(class: ErrorClass) -> Self {
        match class {
            ErrorClass::RateLimited
            | ErrorClass::TimedOut
            | ErrorClass::Unavailable
            | ErrorClass::Failed
            | ErrorClass::Unreachable
            | ErrorClass::Interrupted => Self::Temporary,
            ErrorClass::Unauthorized | ErrorClass::Forbidden => Self::NoPermission,
            ErrorClass::Invalid | ErrorClass::Redirected => Self::Configuration,
            ErrorClass::Unreadable => Self::Protocol,
            // Not found, conflict, refused; the rest is about creations, and a class of a later release stays a failure.
            _ => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
