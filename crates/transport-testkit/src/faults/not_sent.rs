//! Not one byte of the request leaves: addresses that cannot be used, and connections that never stand.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use your_moms_core::Cause;

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
    fault("name-unknown", &[Cause::Dns], || Scene::new("http://no-such-host.invalid")),
    fault("connection-refused", &[Cause::Connect], || Scene::new(format!("http://{}", closed_port()))),
    fault("connect-hangs", &[Cause::Timeout], connect_hangs),
    fault("tls-hangs", &[Cause::Timeout], || tls_at(Server::plain(Wire::hold)).hasty_to_connect()),
    fault("tls-closed", &[Cause::Tls, Cause::Lost], || tls_at(Server::plain(|_| ()))),
    fault("tls-reset", &[Cause::Tls, Cause::Lost], || {
        tls_at(Server::plain(|wire| {
            let _ = wire.read_until(|read| !read.bytes().is_empty());
            wire.reset();
        }))
    }),
    fault("tls-on-plain-port", &[Cause::Tls], || {
        tls_at(Server::plain(|wire| {
            wire.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        }))
    }),
    fault("tls-authority-unknown", &[Cause::Tls], || Scene::at(tls(certificates::of_unknown_authority))),
    fault("tls-certificate-expired", &[Cause::Tls], || Scene::at(tls(certificates::expired))),
    fault("tls-wrong-name", &[Cause::Tls], || Scene::at(tls(certificates::for_another_name))),
    fault("proxy-refuses-connection", &[Cause::Proxy, Cause::Connect], || {
        through_url(&closed_port().to_string())
    }),
    fault("proxy-name-unknown", &[Cause::Proxy, Cause::Dns], || through_url("no-such-proxy.invalid:3128")),
    fault("proxy-407", &[Cause::Proxy], || {
        Scene::through(proxy::answering("HTTP/1.1 407 Who are you\r\n\r\n"))
    }),
    fault("proxy-502", &[Cause::Proxy], || {
        Scene::through(proxy::answering("HTTP/1.1 502 Cannot reach it\r\n\r\n"))
    }),
    fault("proxy-garbage", &[Cause::Proxy, Cause::Protocol], || {
        Scene::through(proxy::answering("\x00\x01\x02 this is no HTTP\r\n\r\n"))
    }),
    fault("proxy-closes", &[Cause::Proxy, Cause::Lost], || Scene::through(proxy::answering(""))),
    fault("proxy-resets", &[Cause::Proxy, Cause::Lost], || {
        Scene::through(Server::plain(|wire| {
            let _ = wire.request();
            wire.reset();
        }))
    }),
    fault("proxy-hangs", &[Cause::Timeout], || Scene::through(Server::plain(Wire::hold)).hasty_to_connect()),
    fault("tls-behind-proxy-unknown", &[Cause::Tls, Cause::Proxy], || {
        let platform = tls(certificates::of_unknown_authority);
        Scene::through(proxy::tunnel_to(platform.address())).also(platform)
    }),
];

const fn fault(name: &'static str, causes: &'static [Cause], scene: fn() -> Scene) -> Fault {
    Fault { name, deliveries: NOT_SENT, causes, answer: None, scene }
}

/// A URI that no transport may send to.
const fn refused_uri(name: &'static str, scene: fn() -> Scene) -> Fault {
    fault(name, &[Cause::InvalidRequest], scene)
}

impl Scene {
    fn with_authority(self, base: impl Fn(SocketAddr) -> String) -> Self {
        let base = self.servers.first().map(|server| base(server.address())).unwrap_or_default();
        Self { base, ..self }
    }
}

/// A server that would answer if it were asked.
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

/// A call over TLS to a server that knows nothing of it.
fn tls_at(server: Server) -> Scene {
    Scene::at(server).with_authority(|address| format!("https://{address}"))
}

fn through_url(authority: &str) -> Scene {
    let mut scene = Scene::new(format!("https://{}", certificates::PROXIED_HOST));
    scene.settings.proxy = Some(format!("http://{authority}"));
    scene
}

/// An address that nobody listens on: it was given out a moment ago, and the system does not give it out again so soon.
#[expect(clippy::expect_used, reason = "without a loopback socket no check can go on")]
fn closed_port() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a loopback port")
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
