//! What the user is told when something goes wrong: what, why, and what to do.

use std::error::Error as StdError;
use std::iter;

use serde_json::{Value, json};
use your_moms_core::{BuildError, Error, ErrorClass, Platform, ResponseErrorKind, TransportErrorKind};

use crate::exit::Exit;
use crate::mask::Mask;
use crate::{platform, progress};

/// What the standard library says of errors it has no word for.
const SAYS_NOTHING: [&str; 2] = ["uncategorized error", "other error"];

/// The end of a command that did not succeed. Nothing in it is secret: what others wrote has gone through a [`Mask`].
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    /// For programs: the class of a call's error, or what ended the command otherwise.
    class: &'static str,
    status: Option<u16>,
    request_id: Option<String>,
    what: String,
    why: Vec<String>,
    help: Option<String>,
}

impl Failure {
    fn new(exit: Exit, what: impl Into<String>) -> Self {
        let (class, what) = (exit.class(), what.into());
        Self { exit, class, status: None, request_id: None, what, why: Vec::new(), help: None }
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

    /// The same with another exit code.
    pub(crate) fn ending(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }

    /// A call failed. `what` names what did not happen; what the platform said goes through `mask`.
    pub(crate) fn call(what: impl Into<String>, error: &Error, mask: &Mask) -> Self {
        let (reason, causes) = reason(error);
        let mut failure = Self::new(error.class().into(), format!("{}: {reason}", what.into()));
        failure.class = error.class().name();
        failure.status = error.status().map(|status| status.as_u16());
        failure.request_id = error.request_id().map(|id| mask.clean(id));
        let failure = failure.said(error, mask);
        let failure =
            causes.into_iter().fold(failure, |failure, cause| failure.note(format!("caused by: {cause}")));
        let failure = match progress::tried() {
            Some(tried) if !matches!(error, Error::Build(_)) => {
                failure.note(format!("tried: {}", mask.clean(&tried)))
            }
            _ => failure,
        };
        match advice(error) {
            Some(advice) => failure.help(advice),
            None => failure,
        }
    }

    /// A call that was not found: if the vocabulary does not fit the base URL, that is why.
    pub(crate) fn about(self, platform: &Platform) -> Self {
        if self.class != ErrorClass::NotFound.name() {
            return self;
        }
        let nouns = platform.vocabulary().nouns();
        match platform::vocabulary_of(platform.base_url()) {
            Some(other) if other.words().nouns() != nouns => {
                let other = other.words().nouns().to_owned();
                self.help(format!(
                    "the base URL speaks of {other}, and the vocabulary is {nouns}: leave --vocabulary (or \
                     YOUR_MOMS_VOCABULARY) out"
                ))
            }
            Some(_) => self,
            None => self.help(
                "is the base URL whole? It ends in /your_moms/api-v2 or /elements/api-v2; elsewhere --vocabulary says \
                 which words the platform uses",
            ),
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

    /// For programs: one object.
    pub(crate) fn to_json(&self) -> Value {
        let Self { class, status, request_id, what, why, help, .. } = self;
        json!({
            "class": class, "status": status, "request_id": request_id, "message": what, "details": why, "fix": help,
        })
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

/// A command line that cannot be read.
impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        let text = error.render().to_string();
        // What is wrong, perhaps tips, and how to use the command, with an empty line before each.
        let mut parts = text.trim_start_matches("error: ").split("\n\n").map(one_line);
        let failure = Self::usage(parts.next().unwrap_or_default());
        let tip = parts.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
        failure
            .help(tip.unwrap_or_else(|| "`your-moms --help` lists the commands and the options".to_owned()))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What to do about it.
fn advice(error: &Error) -> Option<String> {
    if let Some(wait) = error.retry_after() {
        return Some(format!(
            "the platform asks you to wait {} before you try again",
            humantime::format_duration(wait)
        ));
    }
    let advice = match (error.class(), error) {
        (_, Error::Transport(error)) => match error.kind() {
            TransportErrorKind::Connect => {
                "is the base URL right, and is something listening there? If --proxy, HTTPS_PROXY or ALL_PROXY names a \
                 proxy, is that running?"
            }
            TransportErrorKind::Dns => "is the base URL right, and is this machine online?",
            TransportErrorKind::Tls => {
                "does this machine trust the platform's certificate? --ca-cert names one more to trust"
            }
            TransportErrorKind::Timeout => "--request-timeout allows more time",
            TransportErrorKind::Proxy => "check the proxy named by --proxy, HTTPS_PROXY or ALL_PROXY",
            TransportErrorKind::InvalidRequest | TransportErrorKind::NoTls => return None,
            TransportErrorKind::TooLarge => "ask for less at once, such as with pageSize",
            _ => "try again; --verbose shows each request and what came of it",
        },
        (ErrorClass::Redirected, _) => "check the base URL",
        (ErrorClass::Unauthorized, _) => "check the user secret and the organization secret",
        (ErrorClass::Forbidden, _) => {
            "check the API secret, what the user allowed, and whether the instance is enabled"
        }
        (ErrorClass::NotFound, _) => "check the key, the path and the number",
        (ErrorClass::Conflict, _) => "look at what is there now, and try again from there",
        (ErrorClass::Refused, _) => {
            "check the values that were sent: one may be missing, or not as it is expected"
        }
        (ErrorClass::RateLimited | ErrorClass::Unavailable, _) => "try again later",
        (ErrorClass::TimedOut, _) => "try again later; --request-timeout allows more time",
        (ErrorClass::Failed, _) => "try again later, or tell the platform's support the request id",
        (ErrorClass::Unreadable, _) => "is the base URL that of the API?",
        _ => return None,
    };
    Some(advice.to_owned())
}

/// An error and what lies behind it, without texts that say nothing.
fn chain<'a>(error: &'a (dyn StdError + 'a)) -> impl Iterator<Item = String> {
    let texts = iter::successors(Some(error), |&error| error.source()).map(ToString::to_string);
    texts.filter(|text| !SAYS_NOTHING.contains(&text.as_str()))
}

/// Why a call failed, in half a line, and what lies behind that.
fn reason(error: &Error) -> (String, Vec<String>) {
    let behind =
        |error: &dyn StdError| error.source().map(|source| chain(source).collect()).unwrap_or_default();
    match error {
        Error::Response(response) => {
            let status = response.status();
            let text = match response.kind() {
                ResponseErrorKind::Refused => format!("status {status}"),
                ResponseErrorKind::Redirected => {
                    format!("status {status}, and redirects are not followed")
                }
                kind => format!("{kind} (status {status})"),
            };
            (text, behind(response))
        }
        Error::Transport(error) => (error.to_string(), behind(error)),
        Error::Build(error) => (error.to_string(), behind(error)),
        error => (error.to_string(), behind(error)),
    }
}
