//! What the user is told when something goes wrong: what, why, and what to do.

use std::error::Error as StdError;
use std::iter;

use your_moms_core::{BuildError, Error, ErrorClass, TransportErrorKind};

use crate::exit::Exit;
use crate::mask::Mask;

/// The end of a command that did not succeed. Nothing in it is secret: what others wrote has gone through a [`Mask`].
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    what: String,
    why: Vec<String>,
    help: Option<String>,
}

impl Failure {
    fn new(exit: Exit, what: impl Into<String>) -> Self {
        Self { exit, what: what.into(), why: Vec::new(), help: None }
    }

    pub(crate) fn failed(what: impl Into<String>) -> Self {
        Self::new(Exit::Failed, what)
    }

    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new(Exit::Usage, what)
    }

    pub(crate) fn denied(what: impl Into<String>) -> Self {
        Self::new(Exit::Denied, what)
    }

    pub(crate) fn timed_out(what: impl Into<String>) -> Self {
        Self::new(Exit::TimedOut, what)
    }

    pub(crate) fn interrupted(what: impl Into<String>) -> Self {
        Self::new(Exit::Interrupted, what)
    }

    /// Adds an error that prints no secret, and what lies behind it.
    pub(crate) fn because(mut self, error: &dyn StdError) -> Self {
        self.why.extend(chain(error).map(|cause| format!("caused by: {cause}")));
        self
    }

    /// Adds a line of explanation.
    pub(crate) fn note(mut self, line: impl Into<String>) -> Self {
        self.why.push(line.into());
        self
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// A call failed. `what` names what did not happen; what the platform said goes through `mask`.
    pub(crate) fn call(what: impl Into<String>, error: &Error, mask: &Mask) -> Self {
        let failure = Self::new(error.class().into(), what).because(error).said(error, mask);
        match advice(error) {
            Some(advice) => failure.help(advice),
            None => failure,
        }
    }

    fn said(mut self, error: &Error, mask: &Mask) -> Self {
        let (message, provider_message) = match error {
            Error::Response(error) => (error.message(), error.provider_message()),
            _ => (None, None),
        };
        let said = [
            ("the platform says", message),
            ("the provider says", provider_message),
            ("request id", error.request_id()),
        ];
        let lines = said.into_iter().filter_map(|(who, text)| Some(format!("{who}: {}", mask.clean(text?))));
        self.why.extend(lines);
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    pub(crate) fn why(&self) -> &[String] {
        &self.why
    }

    pub(crate) fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

/// A value of the user's that cannot be used.
impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::usage(error.to_string())
    }
}

/// What to do about it, where that is known.
fn advice(error: &Error) -> Option<String> {
    if let Some(wait) = error.retry_after() {
        return Some(format!(
            "the platform asks you to wait {} before you try again",
            humantime::format_duration(wait)
        ));
    }
    let advice = match (error.class(), error) {
        (ErrorClass::Unauthorized, _) => "check the user secret and the organization secret",
        (_, Error::Transport(error)) => match error.kind() {
            TransportErrorKind::Connect => "is the base URL right, and is something listening there?",
            TransportErrorKind::Dns => "is the base URL right, and is this machine online?",
            TransportErrorKind::Tls => {
                "does this machine trust the platform's certificate? (ca-certificates)"
            }
            TransportErrorKind::Proxy => "check the proxy named by HTTPS_PROXY or ALL_PROXY",
            _ => return None,
        },
        _ => return None,
    };
    Some(advice.to_owned())
}

fn chain<'a>(error: &'a (dyn StdError + 'a)) -> impl Iterator<Item = String> {
    iter::successors(Some(error), |&error| error.source()).map(ToString::to_string)
}
