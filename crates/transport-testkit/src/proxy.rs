//! A proxy that opens tunnels (RFC 9110 §9.3.6).

use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use crate::server::Server;
use crate::wire::Wire;

/// A proxy whose every tunnel ends at `upstream`, whatever host was asked for.
pub(crate) fn tunnel_to(upstream: SocketAddr) -> Server {
    late_tunnel_to(upstream, Duration::ZERO)
}

/// As [`tunnel_to`], and it takes this long to open one.
pub(crate) fn late_tunnel_to(upstream: SocketAddr, late: Duration) -> Server {
    Server::plain(move |wire| {
        if connect_request(wire).is_none() {
            return;
        }
        wire.wait_for_end_or(late);
        if wire.write("HTTP/1.1 200 Connection established\r\n\r\n") {
            let _ = relay(wire, upstream);
        }
    })
}

/// A proxy that responds to every `CONNECT` with these bytes, and then ends the connection.
pub(crate) fn responding(response: &'static str) -> Server {
    Server::plain(move |wire| {
        if connect_request(wire).is_some() {
            wire.write(response);
        }
    })
}

/// Reads the head of a `CONNECT`. What comes after it belongs to the tunnel.
fn connect_request(wire: &mut Wire) -> Option<()> {
    wire.request().filter(|request| request.method == "CONNECT").map(drop)
}

/// Copies both ways until both have ended. What the client sends is kept like everything else that was read.
fn relay(wire: &Wire, upstream: SocketAddr) -> io::Result<()> {
    let client = wire.socket();
    let server = TcpStream::connect(upstream)?;
    let (from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
    let mut from_client = wire.recording(from_client);
    let upload = thread::spawn(move || {
        let _ = io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Write);
    });
    let _ = io::copy(&mut &server, &mut &*client);
    let _ = client.shutdown(Shutdown::Write);
    let _ = upload.join();
    Ok(())
}
