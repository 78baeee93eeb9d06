//! Servers on loopback that do as a script says, and keep every byte they read.

#![expect(clippy::expect_used, reason = "without a loopback socket no check can go on")]

use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rustls::ServerConfig;

use crate::server_group::ServerGroup;
use crate::stop::{Handle, Stop};
use crate::transcript::Transcript;
use crate::wire::Wire;

type Script = Arc<dyn Fn(&mut Wire) + Send + Sync>;

/// One server on a port of its own, a thread for each connection.
pub(crate) struct Server {
    address: SocketAddr,
    scheme: &'static str,
    shared: Arc<Shared>,
    acceptor: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    stop: Arc<Stop>,
    connections: Mutex<Vec<Connection>>,
}

struct Connection {
    handle: Handle,
    read: Arc<Mutex<Vec<u8>>>,
    script: JoinHandle<()>,
}

impl Shared {
    fn stop_accepting(&self, address: SocketAddr) {
        // Wakes the acceptor, behind everything that came before. Only once: the port can be another server's by then.
        if self.stop.set() {
            drop(TcpStream::connect(address));
        }
    }

    /// Ends the server and all its connections.
    fn stop(&self, address: SocketAddr) {
        self.stop_accepting(address);
        let connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.iter().for_each(Connection::shut_down);
    }
}

impl Connection {
    fn shut_down(&self) {
        if let Some(socket) = &*self.handle.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

impl Server {
    /// Runs `script` on each connection.
    pub(crate) fn plain(script: impl Fn(&mut Wire) + Send + Sync + 'static) -> Self {
        Self::start(None, Arc::new(script))
    }

    /// Runs `script` on each connection, behind TLS. The handshake is made at its first read or write.
    pub(crate) fn tls(config: Arc<ServerConfig>, script: impl Fn(&mut Wire) + Send + Sync + 'static) -> Self {
        Self::start(Some(config), Arc::new(script))
    }

    fn start(tls: Option<Arc<ServerConfig>>, script: Script) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a loopback port");
        let address = listener.local_addr().expect("its address");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let shared = Arc::<Shared>::default();
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared, tls.as_ref(), &script)
        });
        ServerGroup::add({
            let shared = Arc::clone(&shared);
            move || shared.stop(address)
        });
        Self { address, scheme, shared, acceptor }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of this server without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Ends every connection and returns what was read on each, in the order in which they were opened.
    ///
    /// Whatever a client had sent before this call is in it: connections are accepted in the order of their arrival,
    /// and a socket that is shut down still yields what it had received.
    pub(crate) fn finish(self) -> Vec<Transcript> {
        self.shared.stop_accepting(self.address);
        let _ = self.acceptor.join();
        let connections =
            std::mem::take(&mut *self.shared.connections.lock().unwrap_or_else(PoisonError::into_inner));
        connections
            .into_iter()
            .map(|connection| {
                connection.shut_down();
                let _ = connection.script.join();
                Transcript::new(connection.read.lock().unwrap_or_else(PoisonError::into_inner).clone())
            })
            .collect()
    }
}

fn accept(listener: &TcpListener, shared: &Shared, tls: Option<&Arc<ServerConfig>>, script: &Script) {
    while !shared.stop.is_set() {
        let socket = listener.accept();
        if shared.stop.is_set() {
            break;
        }
        // A client that is gone already was never there.
        let Ok((socket, _)) = socket else { continue };
        let handle: Handle = Arc::new(Mutex::new(socket.try_clone().ok()));
        let read = Arc::<Mutex<Vec<u8>>>::default();
        let mut wire =
            Wire::new(socket, tls, Arc::clone(&read), Arc::clone(&handle), Arc::clone(&shared.stop));
        let script = Arc::clone(script);
        let script = thread::spawn(move || {
            script(&mut wire);
            wire.close();
        });
        let connection = Connection { handle, read, script };
        shared.connections.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}
