//! The loopback listener that the provider's redirect comes to (RFC 8252 §7.3).

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Uri};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use your_moms_core::{CallbackUrl, PendingAuthorization};
use your_moms_sandbox::{Crowd, serve_until};

use super::desk::{Arrival, Desk};
use crate::failure::Failure;

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
        let desk = Arc::new(Desk::new(&self.callback_url, pending, connector, arrived));
        let task = tokio::spawn(serve(self.socket, Arc::clone(&desk), stopping));
        Listening { arrivals, desk, stop, task }
    }
}

/// A listener that responds.
pub(super) struct Listening {
    arrivals: mpsc::UnboundedReceiver<Arrival>,
    desk: Arc<Desk>,
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
        self.desk.follow.created();
    }

    /// Takes no more connections, and lets the last pages reach the browser.
    pub(super) async fn end(self) {
        self.desk.follow.end().await;
        drop(self.stop);
        // A browser that keeps a connection open without a request is not waited for.
        drop(tokio::time::timeout(FAREWELL, self.task).await);
    }
}

/// Connections side by side: a browser opens more than one, and may leave one silent.
async fn serve(socket: TcpListener, desk: Arc<Desk>, stopping: oneshot::Receiver<()>) {
    let connect = |stream| {
        let desk = Arc::clone(&desk);
        let respond = move |request: Request<Incoming>| {
            let desk = Arc::clone(&desk);
            async move { Ok::<_, Infallible>(desk.page(&request).await) }
        };
        (TokioIo::new(stream), service_fn(respond))
    };
    serve_until(socket, CROWD, async { drop(stopping.await) }, connect).await;
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
