//! A platform behind TLS, whose authority this machine does not know.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, Stream};
use snapbox::str;

use crate::support::{User, assert_shown};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "an authority of this test");
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// The certificate of `authority` as a file has it (RFC 7468).
fn pem(authority: &Authority) -> String {
    let text = STANDARD.encode(authority.der());
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
    format!("-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n")
}

/// A platform without connectors, whose certificate `authority` signed; its base URL.
fn platform(authority: &Authority) -> String {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let config = ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    let config = Arc::new(config);
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    thread::spawn(move || {
        for mut socket in socket.incoming().flatten() {
            let mut connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = Stream::new(&mut connection, &mut socket);
            // A client that does not trust the certificate sends no request.
            if stream.read(&mut [0; 8192]).is_ok_and(|length| length > 0) {
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]");
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    format!("https://{address}/your_moms/api-v2")
}

fn user() -> User {
    User::new().with("YOUR_MOMS_USER_SECRET", "user").with("YOUR_MOMS_ORGANIZATION_SECRET", "organization")
}

#[test]
fn an_authority_is_trusted_if_the_command_line_names_it() {
    let (own, other) = (authority(), authority());
    let url = platform(&own);
    let user = user();
    let [own, other] = [("own.pem", pem(&own)), ("other.pem", pem(&other))]
        .map(|(name, pem)| user.file(name, &pem).trim_start_matches('@').to_owned());
    let both =
        user.file("both.pem", &[&other, &own].map(|path| std::fs::read_to_string(path).unwrap()).concat());
    let connectors =
        |more: &[&str]| user.run(&[&["connectors", "--base-url", &url, "--json"], more].concat());

    for trusted in [
        &["--ca-cert", &own][..],
        &["--ca-cert", &other, "--ca-cert", &own],
        &["--ca-cert", both.trim_start_matches('@')],
    ] {
        let ended = connectors(trusted);
        assert_eq!(
            (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
            (Some(0), "[]\n", ""),
            "{trusted:?}"
        );
    }
    for not_trusted in [&[][..], &["--ca-cert", &other]] {
        let ended = connectors(not_trusted);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{not_trusted:?}");
        let error: serde_json::Value = serde_json::from_str(&ended.stderr).unwrap();
        assert_eq!(error["class"], "unreachable", "{error}");
    }
    let ended = user.run(&["connectors", "--base-url", &url]);
    assert_shown(
        &ended.stderr,
        str![[r#"
error: the connectors cannot be listed: the TLS handshake failed; nothing was sent
  tried: GET https://127.0.0.1:[..]/your_moms/api-v2/your_moms
  help: does this machine trust the platform's certificate? --ca-cert names one more to trust

"#]],
    );
}
