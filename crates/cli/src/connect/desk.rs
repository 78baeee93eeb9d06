//! What the loopback listener responds to each request. No socket is known here.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::header::HOST;
use http::{Method, Request, StatusCode, Uri};
use tokio::sync::mpsc;
use your_moms_core::{CallbackError, CallbackUrl, PendingAuthorization};

use super::follow::Follow;
use super::pages::{self, Page};
use super::redirect::Redirect;

/// How many requests without the state are shown a page. After that they get a line: somebody is guessing.
const STRAYS: u32 = 32;

/// A request for the callback URL that came.
pub(super) enum Arrival {
    /// The redirect of this authorization: it carries its state.
    Redirect(Redirect),
    /// Any other: told once.
    Stray,
}

/// What every connection needs.
pub(super) struct Desk {
    path: String,
    /// What a browser may send as `Host` to the callback URL.
    hosts: Vec<String>,
    strays: AtomicU32,
    /// Taken out when its redirect comes.
    pending: Mutex<Option<PendingAuthorization>>,
    connector: String,
    arrived: mpsc::UnboundedSender<Arrival>,
    pub(super) follow: Follow,
}

impl Desk {
    pub(super) fn new(
        callback_url: &CallbackUrl,
        pending: PendingAuthorization,
        connector: &str,
        arrived: mpsc::UnboundedSender<Arrival>,
    ) -> Self {
        let url = callback_url.as_str().parse::<Uri>().unwrap_or_default();
        Self {
            path: url.path().to_owned(),
            hosts: hosts(&url),
            strays: AtomicU32::new(0),
            pending: Mutex::new(Some(pending)),
            connector: connector.to_owned(),
            arrived,
            follow: Follow::new(),
        }
    }

    /// The page for a request, once it is known.
    pub(super) async fn page<B>(&self, request: &Request<B>) -> Page {
        // A page elsewhere may let a name of its own point here (DNS rebinding).
        if !self.is_meant(request) {
            return pages::plain(StatusCode::MISDIRECTED_REQUEST);
        }
        let path = request.uri().path();
        let is_next = path == pages::NEXT_PATH && path != self.path && self.pending().is_none();
        if path != self.path && !is_next {
            return pages::plain(StatusCode::NOT_FOUND);
        }
        if request.method() != Method::GET {
            return pages::plain(StatusCode::METHOD_NOT_ALLOWED);
        }
        if is_next { self.follow.page(&self.connector, request).await } else { self.called_back(request) }
    }

    fn called_back<B>(&self, request: &Request<B>) -> Page {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let mut waiting = self.pending();
        match waiting.take_if(|pending| pending.matches(target)) {
            Some(pending) => self.finish(Redirect::verify(pending, target), request),
            None if waiting.is_none() => pages::too_late(),
            // Somebody else's request uses nothing up.
            None => {
                drop(waiting);
                self.stray()
            }
        }
    }

    fn pending(&self) -> MutexGuard<'_, Option<PendingAuthorization>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stray(&self) -> Page {
        let earlier = self.strays.fetch_add(1, Ordering::Relaxed);
        if earlier == 0 {
            self.tell(Arrival::Stray);
        }
        if earlier < STRAYS { pages::stray() } else { pages::plain(StatusCode::TOO_MANY_REQUESTS) }
    }

    /// Whether the request is for the callback URL's host: one `Host`, and the same if the target names one, too.
    fn is_meant<B>(&self, request: &Request<B>) -> bool {
        let mut hosts = request.headers().get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let same = |host: &str| self.hosts.iter().any(|own| host.eq_ignore_ascii_case(own));
        host.to_str().is_ok_and(same)
            && request.uri().authority().is_none_or(|authority| same(authority.as_str()))
    }

    fn finish<B>(&self, redirect: Redirect, request: &Request<B>) -> Page {
        let page = match &redirect.outcome {
            Ok(_) => self.follow.waiting(&self.connector, request),
            Err(CallbackError::Denied(denial)) => pages::denied(&self.connector, denial.is_by_user()),
            Err(error) => pages::unusable(&error.to_string()),
        };
        self.tell(Arrival::Redirect(redirect));
        page
    }

    fn tell(&self, arrival: Arrival) {
        // Nobody listens any more once the authorization is over.
        drop(self.arrived.send(arrival));
    }
}

/// Host and port of a URL. The port that goes without saying may be left out.
fn hosts(url: &Uri) -> Vec<String> {
    let host = url.host().unwrap_or_default();
    match url.port_u16() {
        None | Some(80) => vec![host.to_owned(), format!("{host}:80")],
        Some(port) => vec![format!("{host}:{port}")],
    }
}
