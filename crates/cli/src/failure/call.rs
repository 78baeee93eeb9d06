//! What the user is told when a call fails.

use std::error::Error as StdError;

use your_moms_core::{Error, ErrorClass, Platform, ResponseErrorKind, TransportErrorKind};

use super::{Failure, chain};
use crate::mask::Mask;
use crate::{platform, progress};

impl Failure {
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
