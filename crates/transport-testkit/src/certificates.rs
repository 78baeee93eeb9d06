//! Certificates made for this run: one authority that the transport is told to trust, and what can be wrong with a
//! server's.

#![expect(clippy::expect_used, reason = "the parameters are the kit's own and valid")]

use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

/// The names in a good certificate: the address of the kit's servers, and a host that is reached through a proxy.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", PROXIED_HOST];

/// A host that no resolver knows (RFC 6761 §6.2).
pub(crate) const PROXIED_HOST: &str = "platform.test";

type Authority = CertifiedIssuer<'static, KeyPair>;

static TRUSTED: LazyLock<Authority> = LazyLock::new(|| authority("your-moms test kit"));
static UNKNOWN: LazyLock<Authority> = LazyLock::new(|| authority("an authority nobody trusts"));

/// The authority to trust, in DER.
pub(crate) fn root() -> Vec<u8> {
    TRUSTED.der().to_vec()
}

/// The same in PEM (RFC 7468).
pub(crate) fn root_pem() -> String {
    let text = STANDARD.encode(TRUSTED.der());
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
    format!("-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n")
}

/// A server with nothing wrong.
pub(crate) fn good() -> Arc<ServerConfig> {
    server(&TRUSTED, &params(&NAMES), &[&TLS13, &TLS12], ClientCertificate::NotRequired, &[])
}

/// As [`good`], and it speaks HTTP/2 as well.
pub(crate) fn with_http2() -> Arc<ServerConfig> {
    server(
        &TRUSTED,
        &params(&NAMES),
        &[&TLS13, &TLS12],
        ClientCertificate::NotRequired,
        &[b"h2", b"http/1.1"],
    )
}

pub(crate) fn of_unknown_authority() -> Arc<ServerConfig> {
    server(&UNKNOWN, &params(&NAMES), &[&TLS13, &TLS12], ClientCertificate::NotRequired, &[])
}

pub(crate) fn expired() -> Arc<ServerConfig> {
    let mut params = params(&NAMES);
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 1, 1);
    server(&TRUSTED, &params, &[&TLS13, &TLS12], ClientCertificate::NotRequired, &[])
}

pub(crate) fn for_another_name() -> Arc<ServerConfig> {
    server(&TRUSTED, &params(&["another.test"]), &[&TLS13, &TLS12], ClientCertificate::NotRequired, &[])
}

/// Asks for a client certificate, which TLS 1.3 lets a client learn only after it has sent its request.
pub(crate) fn requires_client_certificate(version: &'static SupportedProtocolVersion) -> Arc<ServerConfig> {
    server(&TRUSTED, &params(&NAMES), &[version], ClientCertificate::Required, &[])
}

#[derive(Clone, Copy)]
enum ClientCertificate {
    Required,
    NotRequired,
}

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a certificate")
}

fn params(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).expect("valid names")
}

fn server(
    authority: &Authority,
    params: &CertificateParams,
    versions: &[&'static SupportedProtocolVersion],
    client: ClientCertificate,
    protocols: &[&[u8]],
) -> Arc<ServerConfig> {
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, authority).expect("a certificate");
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .expect("versions of this provider");
    let builder = match client {
        ClientCertificate::NotRequired => builder.with_no_client_auth(),
        ClientCertificate::Required => {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from(root())).expect("the authority");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            builder.with_client_cert_verifier(verifier.expect("a verifier"))
        }
    };
    let mut config = builder
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .expect("a key that fits its certificate");
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Arc::new(config)
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::pem::PemObject as _;

    use super::*;

    #[test]
    fn the_authority_is_the_same_in_der_and_pem() {
        let from_pem = CertificateDer::from_pem_slice(root_pem().as_bytes()).unwrap();
        assert_eq!(from_pem, CertificateDer::from(root()));
    }
}
