//! The loopback listener that the provider's redirect comes to (RFC 8252 §7.3).

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use http::{Method, Request, StatusCode, Uri};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use your_moms_core::{Callback, CallbackError, CallbackUrl, Pending};

use super::pages::{self, Page};
use crate::failure::Failure;

/// For a request's head to arrive in whole.
const PATIENCE: Duration = Duration::from_secs(30);
/// For the last pages to reach the browser.
const FAREWELL: Duration = Duration::from_secs(2);

/// A socket at the callback URL, which does not answer yet.
pub(super) struct Listener {
    socket: TcpListener,
    callback_url: CallbackUrl,
}

/// A redirect that came.
pub(super) enum Arrival {
    /// The one that counts: it has this connection's state.
    Answer(Result<Callback, CallbackError>),
    /// One that does not, and why.
    Stray(String),
}

impl Listener {
    /// At a free port of 127.0.0.1.
    pub(super) async fn anywhere() -> Result<Self, Failure> {
        let cannot = |error| Failure::failed("no port of 127.0.0.1 can be listened at").because(&error);
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(cannot)?;
        let port = socket.local_addr().map_err(cannot)?.port();
        let callback_url = CallbackUrl::new(format!("http://127.0.0.1:{port}/callback"))?;
        Ok(Self { socket, callback_url })
    }

    /// Exactly at `callback_url`; `None` if that is not this machine's loopback.
    pub(super) async fn at(callback_url: &CallbackUrl) -> Result<Option<Self>, Failure> {
        let Some(address) = loopback(callback_url.as_str()) else { return Ok(None) };
        let socket = TcpListener::bind(address).await.map_err(|error| {
            Failure::failed(format!("{address} cannot be listened at"))
                .because(&error)
                .help("end the program that listens there, or paste the redirect with --no-browser")
        })?;
        Ok(Some(Self { socket, callback_url: callback_url.clone() }))
    }

    pub(super) fn callback_url(&self) -> &CallbackUrl {
        &self.callback_url
    }

    /// Answers browsers from now on, until [`Listening::end`].
    pub(super) fn listen(self, pending: Pending, connector: &str) -> Listening {
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let (stop, stopping) = watch::channel(());
        let path = self
            .callback_url
            .as_str()
            .parse::<Uri>()
            .map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
        let desk = Desk {
            path,
            pending,
            connector: connector.to_owned(),
            answered: AtomicBool::new(false),
            arrived,
        };
        let task = tokio::spawn(accept(self.socket, Arc::new(desk), stopping));
        Listening { arrivals, stop, task }
    }
}

/// A listener that answers.
pub(super) struct Listening {
    arrivals: mpsc::UnboundedReceiver<Arrival>,
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Listening {
    /// The next redirect.
    pub(super) async fn next(&mut self) -> Result<Arrival, Failure> {
        self.arrivals.recv().await.ok_or_else(|| Failure::failed("the listener has ended"))
    }

    /// Takes no more connections, and lets the pages at hand reach the browser.
    pub(super) async fn end(self) {
        drop(self.stop);
        // A browser that keeps a connection open without a request is not waited for.
        drop(tokio::time::timeout(FAREWELL, self.task).await);
    }
}

/// What every connection needs.
struct Desk {
    path: String,
    pending: Pending,
    connector: String,
    /// Whether the answer that counts has come.
    answered: AtomicBool,
    arrived: mpsc::UnboundedSender<Arrival>,
}

impl Desk {
    fn answer<B>(&self, request: &Request<B>) -> Page {
        if request.uri().path() != self.path {
            return pages::plain(StatusCode::NOT_FOUND);
        }
        if request.method() != Method::GET {
            return pages::plain(StatusCode::METHOD_NOT_ALLOWED);
        }
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        match self.pending.read(target, SystemTime::now()) {
            answer @ (Ok(_) | Err(CallbackError::Denied(_))) => self.count(answer),
            // Somebody else's request must not end the waiting for the user's.
            Err(error) => {
                let why = why_not(&error);
                let page = pages::unusable(&why);
                self.tell(Arrival::Stray(why));
                page
            }
        }
    }

    fn count(&self, answer: Result<Callback, CallbackError>) -> Page {
        if self.answered.swap(true, Ordering::AcqRel) {
            return pages::answered_before();
        }
        let page =
            if answer.is_ok() { pages::allowed(&self.connector) } else { pages::denied(&self.connector) };
        self.tell(Arrival::Answer(answer));
        page
    }

    fn tell(&self, arrival: Arrival) {
        // Nobody listens any more once the connection is over.
        drop(self.arrived.send(arrival));
    }
}

/// Why a redirect does not count. The waiting goes on, so nobody is told to begin again.
pub(super) fn why_not(error: &CallbackError) -> String {
    match error {
        CallbackError::StateMismatch => "it belongs to another connection".to_owned(),
        other => other.to_string(),
    }
}

/// Connections side by side: a browser opens more than one, and may leave one silent.
async fn accept(socket: TcpListener, desk: Arc<Desk>, mut stopping: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(serve(stream, Arc::clone(&desk), stopping.clone()))),
                // Out of file descriptors, most likely: the connections at hand have to end first.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(socket);
    while connections.join_next().await.is_some() {}
}

async fn serve(stream: TcpStream, desk: Arc<Desk>, mut stopping: watch::Receiver<()>) {
    let answer = |request| {
        let page = desk.answer(&request);
        async { Ok::<_, Infallible>(page) }
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service_fn(answer));
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopping.changed() => connection.as_mut().graceful_shutdown(),
    }
    // Whatever becomes of it, nobody is left to be told.
    drop(connection.await);
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
