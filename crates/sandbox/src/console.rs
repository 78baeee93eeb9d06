//! What a person or a test may do to the sandbox from outside: the control API and the inspector. Neither is part of the
//! platform, and neither shows in the journal.

use std::time::{Duration, SystemTime};

use http::{Request, Response, StatusCode};

use crate::route::segments;
use crate::sandbox::Sandbox;

pub(crate) use filter::Filter;
pub(crate) use forms::Forms;

mod filter;
mod forms;
pub(crate) mod guard;
mod reset;

/// What was asked for from outside.
pub(crate) struct Console {
    next: Option<Decision>,
    /// How far the sandbox's clock is ahead.
    ahead: Duration,
    pub(crate) forms: Forms,
}

/// A button of the consent page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The user allows what the application asks for.
    Allow,
    /// The user denies it.
    Deny,
}

impl Decision {
    /// `allow` or `deny`, as the form of the page has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Allow, Self::Deny].into_iter().find(|decision| decision.name() == name)
    }
}

impl Console {
    pub(crate) fn new(seed: u64) -> Self {
        // Not the seed of everything else: a journal or a response that shows must not tell what a form has.
        Self { next: None, ahead: Duration::ZERO, forms: Forms::new(!seed) }
    }

    pub(crate) fn now(&self, now: SystemTime) -> SystemTime {
        now.checked_add(self.ahead).unwrap_or(now)
    }
}

impl Sandbox {
    /// Lets the next consent page decide itself, without a button; `None` takes that back.
    pub fn decide_next(&mut self, decision: Option<Decision>) {
        self.console.next = decision;
    }

    /// What the next consent page is to decide itself.
    pub fn next_decision(&self) -> Option<Decision> {
        self.console.next
    }

    /// Puts the sandbox's clock ahead, in addition to what it is already: codes expire, and new instances are younger.
    pub fn advance(&mut self, by: Duration) {
        self.console.ahead = self.console.ahead.saturating_add(by);
    }

    /// The response of the control API or of the inspector; `None` if the request is for neither.
    pub(crate) fn console(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Option<Response<Vec<u8>>> {
        let segments = segments(request.uri());
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["_sandbox", path @ ..] => Some(self.control(request, path, now)),
            [] => Some(self.inspector(request, &[], now)),
            ["inspector", path @ ..] if !path.is_empty() => Some(self.inspector(request, path, now)),
            // Browsers ask for it on their own.
            ["favicon.ico"] => {
                let mut response = Response::new(Vec::new());
                *response.status_mut() = StatusCode::NO_CONTENT;
                Some(response)
            }
            _ => None,
        }
    }

    /// The decision that waits, for a consent page of this provider that has just been shown.
    pub(crate) fn decide_page(&mut self, key: &str, now: SystemTime) -> Option<Response<Vec<u8>>> {
        let page = self.newest_page()?.to_owned();
        let decision = self.console.next.take()?;
        let form = crate::press::form(&page, decision.name(), None);
        let post = crate::press::post(&form);
        let (platform, around) = self.parts();
        Some(around.provider.press(platform.catalogue().by_key(key), &post, now, around.random))
    }
}
