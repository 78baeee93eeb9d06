//! The accept loop.

use std::collections::VecDeque;
use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::rt::{Read, Write};
use hyper::server::conn::http1;
use hyper::service::HttpService;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

/// For the head of a request to arrive in whole.
const PATIENCE: Duration = Duration::from_secs(30);

/// What becomes of a client that comes when there are this many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowd {
    /// It waits until one of the others is over.
    Waits(usize),
    /// The oldest connection is ended in its favour: where one client is expected, and silent ones must not keep it out.
    OustsTheOldest(usize),
}

/// Serves HTTP/1 on `socket` until `until` is done; then takes no more connections, lets the requests at hand end, and
/// is done. Dropping the future ends all of it at once.
///
/// `connect` makes of each connection what to read and write through, and what responds. The server of the sandbox is
/// this loop, and so may be any other on a socket of this machine.
pub async fn serve_until<I, S>(
    socket: TcpListener,
    crowd: Crowd,
    until: impl Future<Output = ()>,
    connect: impl Fn(TcpStream) -> (I, S),
) where
    I: Read + Write + Unpin + Send + 'static,
    S: HttpService<Incoming> + Send + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send,
    S::ResBody: Send + 'static,
    <S::ResBody as Body>::Data: Send,
    <S::ResBody as Body>::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut by_age = VecDeque::<AbortHandle>::new();
    let (most, is_patient) = match crowd {
        Crowd::Waits(most) => (most, true),
        Crowd::OustsTheOldest(most) => (most, false),
    };
    let mut until = pin!(until);
    loop {
        tokio::select! {
            accepted = socket.accept(), if !is_patient || connections.len() < most => match accepted {
                Ok((stream, _)) => {
                    let (io, service) = connect(stream);
                    let connection = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .header_read_timeout(PATIENCE)
                        .serve_connection(io, service);
                    let watched = graceful.watch(connection);
                    // However it ends, nobody is left to be told.
                    by_age.push_back(connections.spawn(async { drop(watched.await) }));
                    by_age.retain(|connection| !connection.is_finished());
                    if by_age.len() > most && let Some(oldest) = by_age.pop_front() {
                        oldest.abort();
                    }
                }
                // Out of file descriptors, most likely: the connections at hand have to end first.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            () = &mut until => break,
        }
    }
    drop(socket);
    graceful.shutdown().await;
    while connections.join_next().await.is_some() {}
}
