//! TLS is configured once: a later connection takes up the session of an earlier one.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::thread;

use http::{Request, StatusCode};
use rcgen::CertifiedKey;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{HandshakeKind, ServerConfig, ServerConnection, StreamOwned};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use your_moms_core::{CallContext, Limits, Transport as _};
use your_moms_ureq::UreqTransport;

const CONNECTIONS: usize = 3;

#[test]
fn a_session_is_resumed_on_every_further_connection() {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![cert.der().clone()],
            PrivatePkcs8KeyDer::from(signing_key.serialize_der()).into(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("https://{}/", listener.local_addr().unwrap());
    let handshakes = serve(listener, Arc::new(config));

    let root = Certificate::from_der(cert.der()).to_owned();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[root])).build();
    let config = UreqTransport::config_builder().tls_config(tls).build();
    let transport = UreqTransport::with_config(Limits::default(), config);
    assert!(!CallContext::default().reuse_connection);
    for _ in 0..CONNECTIONS {
        let response = transport.send(Request::get(&uri).body(Vec::new()).unwrap()).unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
    }
    assert_eq!(
        handshakes.iter().take(CONNECTIONS).collect::<Vec<_>>(),
        [HandshakeKind::Full, HandshakeKind::Resumed, HandshakeKind::Resumed]
    );
}

/// Responds once on each connection, and tells how its handshake went.
fn serve(listener: TcpListener, config: Arc<ServerConfig>) -> mpsc::Receiver<HandshakeKind> {
    let (tell, handshakes) = mpsc::channel();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, socket.unwrap());
            assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
            tell.send(stream.conn.handshake_kind().unwrap()).unwrap();
        }
    });
    handshakes
}
