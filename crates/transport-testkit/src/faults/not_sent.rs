//! Not one byte of the request leaves: addresses that cannot be used, and connections that are never established.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use your_moms_core::TransportErrorKind;

use super::NOT_SENT;
use crate::certificates;
use crate::fault::{Fault, Scene};
use crate::proxy;
use crate::server::Server;
use crate::wire::Wire;

pub(super) const FAULTS: &[Fault] = &[
    refused_uri("userinfo", || {
        Scene::at(idle()).with_authority(|address| format!("http://user:pw@{address}"))
    }),
    refused_uri("port-zero", || Scene::new("http://127.0.0.1:0")),
    refused_uri("port-too-large", || Scene::new("http://127.0.0.1:99999")),
    refused_uri("scheme-unknown", || Scene::at(idle()).with_authority(|address| format!("ftp://{address}"))),
    refused_uri("no-host", || Scene::new("")),
    fault("name-unknown", &[TransportErrorKind::Dns], || Scene::new("http://no-such-host.invalid")),
    fault("connection-refused", &[TransportErrorKind::Connect], || {
        let (port, address) = closed_port();
        Scene { keep: Some(Box::new(port)), ..Scene::new(format!("http://{address}")) }
    }),
    fault("connect-hangs", &[TransportErrorKind::Timeout], connect_hangs),
    fault("tls-hangs", &[TransportErrorKind::Timeout], || {
        tls_at(Server::plain(Wire::hold)).hasty_to_connect()
    }),
    fault("tls-closed", &[TransportErrorKind::Tls, TransportErrorKind::Lost], || {
        tls_at(Server::plain(|_| ()))
    }),
    fault("tls-reset", &[TransportErrorKind::Tls, TransportErrorKind::Lost], || {
        tls_at(Server::plain(|wire| {
            let _ = wire.read_until(|read| !read.bytes().is_empty());
            wire.reset();
        }))
    }),
    fault("tls-on-plain-port", &[TransportErrorKind::Tls], || {
        tls_at(Server::plain(|wire| {
            wire.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        }))
    }),
    fault("tls-authority-unknown", &[TransportErrorKind::Tls], || {
        Scene::at(tls(certificates::of_unknown_authority))
    }),
    fault("tls-certificate-expired", &[TransportErrorKind::Tls], || Scene::at(tls(certificates::expired))),
    fault("tls-wrong-name", &[TransportErrorKind::Tls], || Scene::at(tls(certificates::for_another_name))),
    fault("proxy-refuses-connection", &[TransportErrorKind::Proxy, TransportErrorKind::Connect], || {
        let (port, address) = closed_port();
        Scene { keep: Some(Box::new(port)), ..through_url(&address.to_string()) }
    }),
    fault("proxy-name-unknown", &[TransportErrorKind::Proxy, TransportErrorKind::Dns], || {
        through_url("no-such-proxy.invalid:3128")
    }),
    fault("proxy-407", &[TransportErrorKind::Proxy], || {
        Scene::through(proxy::responding("HTTP/1.1 407 Who are you\r\n\r\n"))
    }),
    fault("proxy-502", &[TransportErrorKind::Proxy], || {
        Scene::through(proxy::responding("HTTP/1.1 502 Cannot reach it\r\n\r\n"))
    }),
    fault("proxy-garbage", &[TransportErrorKind::Proxy, TransportErrorKind::Protocol], || {
        Scene::through(proxy::responding("\x00\x01\x02 this is no HTTP\r\n\r\n"))
    }),
    fault("proxy-closes", &[TransportErrorKind::Proxy, TransportErrorKind::Lost], || {
        Scene::through(proxy::responding(""))
    }),
    fault("proxy-resets", &[TransportErrorKind::Proxy, TransportErrorKind::Lost], || {
        Scene::through(Server::plain(|wire| {
            let _ = wire.request();
            wire.reset();
        }))
    }),
    fault("proxy-hangs", &[TransportErrorKind::Timeout], || {
        Scene::through(Server::plain(Wire::hold)).hasty_to_connect()
    }),
    fault("tls-behind-proxy-unknown", &[TransportErrorKind::Tls, TransportErrorKind::Proxy], || {
        let platform = tls(certificates::of_unknown_authority);
        Scene::through(proxy::tunnel_to(platform.address())).also(platform)
    }),
];

const fn fault(name: &'static str, kinds: &'static [TransportErrorKind], scene: fn() -> Scene) -> Fault {
    Fault { name, deliveries: NOT_SENT, kinds, response: None, scene }
}

/// A URI that no transport may send to.
const fn refused_uri(name: &'static str, scene: fn() -> Scene) -> Fault {
    fault(name, &[TransportErrorKind::InvalidRequest], scene)
}

impl Scene {
    fn with_authority(self, base: impl Fn(SocketAddr) -> String) -> Self {
        let base = self.servers.first().map(|server| base(server.address())).unwrap_or_default();
        Self { base, ..self }
    }
}

/// A server that would respond if it were asked.
fn idle() -> Server {
    Server::plain(|wire| {
        while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
    })
}

fn tls(config: fn() -> std::sync::Arc<rustls::ServerConfig>) -> Server {
    Server::tls(config(), |wire| {
        while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
    })
}

/// A call over TLS to a server that does not speak it.
fn tls_at(server: Server) -> Scene {
    Scene::at(server).with_authority(|address| format!("https://{address}"))
}

fn through_url(authority: &str) -> Scene {
    let mut scene = Scene::new(format!("https://{}", certificates::PROXIED_HOST));
    scene.settings.proxy = Some(format!("http://{authority}"));
    scene
}

/// An address that nobody listens on, and the socket that keeps it from being given to anybody else.
#[expect(clippy::expect_used, reason = "without a loopback socket no check can go on")]
fn closed_port() -> (Socket, SocketAddr) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("a loopback port");
    let address = socket.local_addr().ok().and_then(|address| address.as_socket()).expect("its address");
    (socket, address)
}

/// A listener whose queue is full and that accepts nothing: the system drops what else would connect.
#[expect(clippy::expect_used, reason = "without a loopback socket no check can go on")]
fn connect_hangs() -> Scene {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("a loopback port");
    listener.listen(0).expect("a listening socket");
    let address = listener.local_addr().ok().and_then(|address| address.as_socket()).expect("its address");
    let mut queued = Vec::new();
    while let Ok(connection) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queued.push(connection);
    }
    let mut scene = Scene::new(format!("http://{address}")).hasty_to_connect();
    scene.keep = Some(Box::new((listener, queued)));
    scene
}
