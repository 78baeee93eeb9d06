//! The page that follows the creation: the browser asks for it at once and gets it once the instance exists, or does not.

use std::time::Duration;

use http::{Request, header};
use tokio::sync::watch;

use super::pages::{self, Page};

/// Browsers give up on a page that takes minutes; so it says that it still waits, and is asked for again.
const PATIENCE: Duration = Duration::from_secs(20);

/// For the browser to ask for the last page.
const FAREWELL: Duration = Duration::from_secs(2);

pub(super) struct Follow {
    /// Whether the instance was created, once that is known.
    outcome: watch::Sender<Option<bool>>,
    /// Whether a browser has a page that makes it come back.
    expected: watch::Sender<bool>,
}

impl Follow {
    pub(super) fn new() -> Self {
        Self { outcome: watch::Sender::new(None), expected: watch::Sender::new(false) }
    }

    /// The page until the outcome is known. A browser comes back for the next one; another program does not.
    pub(super) fn waiting<B>(&self, connector: &str, request: &Request<B>) -> Page {
        let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
        if accept.is_some_and(|accept| accept.contains("text/html")) {
            self.expected.send_replace(true);
        }
        pages::allowed(connector)
    }

    /// The page once the outcome is known, or the waiting one if that takes long.
    pub(super) async fn page<B>(&self, connector: &str, request: &Request<B>) -> Page {
        self.expected.send_replace(false);
        let mut outcome = self.outcome.subscribe();
        let known = tokio::time::timeout(PATIENCE, outcome.wait_for(Option::is_some)).await;
        match known.ok().and_then(|known| known.ok().and_then(|known| *known)) {
            Some(true) => pages::created(connector),
            Some(false) => pages::not_created(connector),
            None => self.waiting(connector, request),
        }
    }

    /// The instance exists.
    pub(super) fn created(&self) {
        self.outcome.send_replace(Some(true));
    }

    /// There is no more to wait for. Returns when no browser is expected any more.
    pub(super) async fn end(&self) {
        self.outcome.send_if_modified(|outcome| outcome.is_none() && outcome.replace(false).is_none());
        let mut expected = self.expected.subscribe();
        // A browser that was closed in between does not come.
        drop(tokio::time::timeout(FAREWELL, expected.wait_for(|expected| !expected)).await);
    }
}
