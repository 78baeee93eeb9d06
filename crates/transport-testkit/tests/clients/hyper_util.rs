//! The asynchronous example over TLS and tunnels, as the kit asks for them.
#![allow(dead_code, reason = "each test that includes it uses a part")]

use std::sync::Arc;

use http::Uri;
use hyper_rustls::{HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::rt::TokioIo;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tower::BoxError;
use tower::util::BoxCloneSyncService;
use your_moms_transport_testkit::Settings;

#[path = "../../examples/hyper_util.rs"]
pub(crate) mod example;

/// One type, with a proxy and without.
type Connector = BoxCloneSyncService<Uri, MaybeHttpsStream<TokioIo<TcpStream>>, BoxError>;

pub(crate) fn transport(
    settings: &Settings,
) -> example::HyperTransport<impl Connect + Clone + Send + Sync + 'static> {
    example::HyperTransport::new(connector(settings, tls(settings)), settings.limits)
}

pub(crate) fn connector(
    settings: &Settings,
    tls: ClientConfig,
) -> impl Connect + Clone + Send + Sync + 'static {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    let https = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
    let connector = match &settings.proxy {
        None => Connector::new(https.wrap_connector(tcp)),
        Some(proxy) => Connector::new(https.wrap_connector(Tunnel::new(proxy.parse::<Uri>().unwrap(), tcp))),
    };
    example::within(settings.limits.connect, connector)
}

pub(crate) fn tls(settings: &Settings) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(settings.root_certificate.as_slice())).unwrap();
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
