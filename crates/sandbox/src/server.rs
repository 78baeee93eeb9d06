//! The sandbox on a loopback socket.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::MutexGuard;
use std::thread::{self, JoinHandle};

use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use crate::console::Forms;
use crate::noun::Noun;
use crate::sandbox::Sandbox;
use crate::transport::SandboxTransport;
use socket::{ResetSwitch, Socket};

pub use accept::{Crowd, serve_until};

mod accept;
mod connection;
mod socket;

/// Side by side; further clients wait.
const MOST_CONNECTIONS: usize = 512;

/// A sandbox with a socket of its own, still to be served: for programs that run tokio themselves.
///
/// Only this machine can reach it, and a request for any other host than `127.0.0.1` or `localhost` at its port is
/// refused: a web page on another site must not reach it through a name that it lets point here (DNS rebinding).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// use your_moms_sandbox::{Listener, Noun, Sandbox};
///
/// let listener = Listener::bind(Sandbox::new(1), 0)?;
/// println!("{}", listener.transport().sandbox().base_url(Noun::YourMom));
/// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
/// let server = tokio::spawn(listener.serve(async { drop(stopped.await) }));
/// // … connect an account …
/// drop(stop);
/// server.await??;
/// # std::io::Result::Ok(()) })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    port: u16,
    transport: SandboxTransport,
}

impl Listener {
    /// Opens `port` on 127.0.0.1, or any free one for 0, and puts the sandbox at that origin.
    ///
    /// # Errors
    /// Those of the operating system, such as a port that is taken.
    pub fn bind(sandbox: impl Into<SandboxTransport>, port: u16) -> io::Result<Self> {
        let transport = sandbox.into();
        let socket = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        socket.set_nonblocking(true)?;
        let port = socket.local_addr()?.port();
        let mut sandbox = transport.sandbox();
        sandbox.set_origin(format!("http://127.0.0.1:{port}"));
        // Whatever the seed of the sandbox: another page in the browser must not guess what a form has.
        sandbox.console.forms =
            Forms::new(getrandom::u64().map_err(|error| io::Error::other(error.to_string()))?);
        drop(sandbox);
        Ok(Self { socket, port, transport })
    }

    /// The sandbox that is served, to keep while [`serve`](Self::serve) runs. It knows its origin and its base URLs.
    pub fn transport(&self) -> SandboxTransport {
        self.transport.clone()
    }

    /// Serves until `until` is done; then takes no more connections, responds to the requests at hand and ends. Dropping
    /// the future ends it at once.
    ///
    /// # Errors
    /// Those of handing the socket to the runtime.
    ///
    /// # Panics
    /// As all of tokio's sockets, outside of a tokio runtime that has its IO and its time enabled.
    pub async fn serve(self, until: impl Future<Output = ()>) -> io::Result<()> {
        let socket = tokio::net::TcpListener::from_std(self.socket)?;
        let (transport, port) = (self.transport, self.port);
        let connect = |stream| {
            let (transport, reset) = (transport.clone(), ResetSwitch::default());
            let io = TokioIo::new(Socket::new(stream, reset.clone()));
            let respond =
                move |request| Box::pin(connection::respond(request, transport.clone(), port, reset.clone()));
            (io, service_fn(respond))
        };
        serve_until(socket, Crowd::Waits(MOST_CONNECTIONS), until, connect).await;
        Ok(())
    }
}

/// A sandbox that is being served from a thread of its own, for blocking programs. It stops when dropped.
///
/// It has the same protection as [`Listener`].
///
/// ```
/// use your_moms_sandbox::{Call, Fault, Noun, Sandbox, Server};
///
/// let server = Server::start(Sandbox::new(1))?;
/// println!("{}", server.base_url(Noun::YourMom));
/// server.sandbox().fail_next(Call::CreateInstance, Fault::TruncatedBody);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Server {
    transport: SandboxTransport,
    /// Dropped first: the server ends in good order.
    graceful: Option<oneshot::Sender<()>>,
    /// Dropped: the server ends at once.
    alive: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `sandbox` on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn start(sandbox: impl Into<SandboxTransport>) -> io::Result<Self> {
        Self::start_at(sandbox, 0)
    }

    /// As [`start`](Self::start), on the given port.
    ///
    /// # Errors
    /// Those of the operating system, such as a port that is taken.
    pub fn start_at(sandbox: impl Into<SandboxTransport>, port: u16) -> io::Result<Self> {
        let listener = Listener::bind(sandbox, port)?;
        let transport = listener.transport();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (graceful, ending) = oneshot::channel();
        let (alive, dead) = oneshot::channel::<Infallible>();
        let thread = thread::Builder::new().name("your-moms-sandbox".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = listener.serve(async { drop(ending.await) }) => {}
                    _ = dead => {}
                }
            });
        })?;
        Ok(Self { transport, graceful: Some(graceful), alive: Some(alive), thread: Some(thread) })
    }

    /// Scheme, host and port, such as `http://127.0.0.1:40123`.
    pub fn origin(&self) -> String {
        self.sandbox().origin().to_owned()
    }

    /// The base URL of one vocabulary, such as `http://127.0.0.1:40123/your_moms/api-v2`.
    pub fn base_url(&self, noun: Noun) -> String {
        self.sandbox().base_url(noun)
    }

    /// The sandbox that is served. Requests wait as long as the guard lives.
    pub fn sandbox(&self) -> MutexGuard<'_, Sandbox> {
        self.transport.sandbox()
    }

    /// The same sandbox in-process.
    pub fn transport(&self) -> SandboxTransport {
        self.transport.clone()
    }

    /// Takes no more connections, responds to the requests at hand, and ends. Dropping the server ends them without a response.
    ///
    /// A client that has sent half a request has half a minute for the rest of it.
    pub fn stop(mut self) {
        drop(self.graceful.take());
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // Its panic, if any, has been printed by the thread.
            drop(thread.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.alive.take());
        self.join();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("origin", &self.origin()).finish_non_exhaustive()
    }
}
