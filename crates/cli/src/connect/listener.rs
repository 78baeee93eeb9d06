//! The loopback listener that the provider's redirect comes to (RFC 8252 §7.3).

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::header::HOST;
use http::{Method, Request, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use your_moms_core::{CallbackError, CallbackUrl, PendingAuthorization};
use your_moms_sandbox::{Crowd, serve_until};

use super::follow::Follow;
use super::pages::{self, Page};
use super::redirect::Redirect;
use crate::failure::Failure;

/// How many requests without the state are shown a page. After that they get a line: somebody is guessing.
const STRAYS: u32 = 32;

/// More connections than a browser opens. Anyone on this machine may open some, and leave them silent: the oldest of them
/// makes room for the browser's.
const CROWD: Crowd = Crowd::OustsTheOldest(16);

/// For the last pages to reach the browser.
const FAREWELL: Duration = Duration::from_secs(2);

/// A socket at the callback URL, which does not respond yet.
pub(super) struct Listener {
    socket: TcpListener,
    callback_url: CallbackUrl,
}

/// A request for the callback URL that came.
pub(super) enum Arrival {
    /// The redirect of this authorization: it carries its state.
    Redirect(Redirect),
    /// Any other: told once.
    Stray,
}

impl Listener {
    /// At a free port of 127.0.0.1.
    pub(super) async fn anywhere() -> Result<Self, Failure> {
        let cannot =
            |error| Failure::failed("this program cannot listen on any port of 127.0.0.1").because(&error);
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(cannot)?;
        let port = socket.local_addr().map_err(cannot)?.port();
        let callback_url = CallbackUrl::new(format!("http://127.0.0.1:{port}/callback"))?;
        Ok(Self { socket, callback_url })
    }

    /// Exactly at `callback_url`; `None` if that is not this machine's loopback.
    pub(super) async fn at(callback_url: &CallbackUrl) -> Result<Option<Self>, Failure> {
        let Some(address) = loopback(callback_url.as_str()) else { return Ok(None) };
        let socket = TcpListener::bind(address).await.map_err(|error| {
            Failure::failed(format!("this program cannot listen at {address}"))
                .because(&error)
                .help("stop the program that listens there, or paste the redirect with --paste")
        })?;
        Ok(Some(Self { socket, callback_url: callback_url.clone() }))
    }

    pub(super) fn callback_url(&self) -> &CallbackUrl {
        &self.callback_url
    }

    /// Responds to browsers from now on, until [`Listening::end`].
    pub(super) fn listen(self, pending: PendingAuthorization, connector: &str) -> Listening {
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let (stop, stopping) = oneshot::channel();
        let url = self.callback_url.as_str().parse::<Uri>().unwrap_or_default();
        let follow = Arc::new(Follow::new());
        let desk = Desk {
            path: url.path().to_owned(),
            authority: authority(&url),
            strays: AtomicU32::new(0),
            pending: Mutex::new(Some(pending)),
            connector: connector.to_owned(),
            arrived,
            follow: Arc::clone(&follow),
        };
        let task = tokio::spawn(serve(self.socket, Arc::new(desk), stopping));
        Listening { arrivals, follow, stop, task }
    }
}

/// A listener that responds.
pub(super) struct Listening {
    arrivals: mpsc::UnboundedReceiver<Arrival>,
    follow: Arc<Follow>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Listening {
    /// The next request for the callback URL.
    pub(super) async fn next(&mut self) -> Result<Arrival, Failure> {
        self.arrivals.recv().await.ok_or_else(|| Failure::failed("the listener has ended"))
    }

    /// The instance exists: the page that waits for it says so.
    pub(super) fn created(&self) {
        self.follow.created();
    }

    /// Takes no more connections, and lets the last pages reach the browser.
    pub(super) async fn end(self) {
        self.follow.end().await;
        drop(self.stop);
        // A browser that keeps a connection open without a request is not waited for.
        drop(tokio::time::timeout(FAREWELL, self.task).await);
    }
}

/// What every connection needs.
struct Desk {
    path: String,
    /// What a browser sends as `Host` to the callback URL.
    authority: String,
    strays: AtomicU32,
    /// Taken out when its redirect comes.
    pending: Mutex<Option<PendingAuthorization>>,
    connector: String,
    arrived: mpsc::UnboundedSender<Arrival>,
    follow: Arc<Follow>,
}

impl Desk {
    async fn respond<B>(&self, request: &Request<B>) -> Page {
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
        let same =
            |host: &str| host.strip_suffix(":80").unwrap_or(host).eq_ignore_ascii_case(&self.authority);
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

/// Connections side by side: a browser opens more than one, and may leave one silent.
async fn serve(socket: TcpListener, desk: Arc<Desk>, stopping: oneshot::Receiver<()>) {
    let connect = |stream| {
        let desk = Arc::clone(&desk);
        let respond = move |request: Request<Incoming>| {
            let desk = Arc::clone(&desk);
            async move { Ok::<_, Infallible>(desk.respond(&request).await) }
        };
        (TokioIo::new(stream), service_fn(respond))
    };
    serve_until(socket, CROWD, async { drop(stopping.await) }, connect).await;
}

/// Host and port of a URL, without the port that goes without saying.
fn authority(url: &Uri) -> String {
    let authority = url.authority().map_or("", |authority| authority.as_str());
    authority.strip_suffix(":80").unwrap_or(authority).to_owned()
}

/// The address of a URL that is plain HTTP to a loopback literal.
fn loopback(url: &str) -> Option<SocketAddr> {
    let url: Uri = url.parse().ok()?;
    let host = url.host()?.trim_start_matches('[').trim_end_matches(']');
    let address: IpAddr = host.parse().ok().filter(IpAddr::is_loopback)?;
    (url.scheme_str() == Some("http")).then(|| SocketAddr::new(address, url.port_u16().unwrap_or(80)))
}

#[cfg(test)]
mod tests {
    use super::loopback;

    #[test]
    fn only_plain_http_to_a_loopback_literal_is_listened_at() {
        let address = |url| loopback(url).map(|address| address.to_string());
        assert_eq!(address("http://127.0.0.1:8080/auth"), Some("127.0.0.1:8080".to_owned()));
        assert_eq!(address("http://127.0.0.1/auth"), Some("127.0.0.1:80".to_owned()));
        assert_eq!(address("http://[::1]:8080/auth"), Some("[::1]:8080".to_owned()));
        for other in ["https://127.0.0.1/auth", "https://www.mycoolapp.com/auth", "com.example.app:/auth"] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
