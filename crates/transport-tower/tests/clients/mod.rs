//! Transports over hyper-util, made as the kit asks for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![allow(dead_code, reason = "not every test uses all of it")]

use std::sync::Arc;

use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::rt::{Read, Write};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Error;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connect, Connection, HttpConnector};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Service};
use your_moms_tower::TowerTransport;
use your_moms_transport_testkit::Settings;

#[path = "../../examples/layers.rs"]
pub(crate) mod example;

/// The example's transport. A proxy makes another type of connector.
pub(crate) fn transport(settings: &Settings) -> TowerTransport {
    match &settings.proxy {
        None => example::transport(over_tls(settings, tcp()), settings.limits),
        Some(proxy) => example::transport(over_tls(settings, tunnel(proxy)), settings.limits),
    }
}

pub(crate) type HyperService = BoxCloneSyncService<Request<Full<Bytes>>, Response<Incoming>, Error>;

/// The example's client, without layers.
pub(crate) fn client(settings: &Settings, kept_connections: usize) -> HyperService {
    match &settings.proxy {
        None => BoxCloneSyncService::new(example::http_client(over_tls(settings, tcp()), kept_connections)),
        Some(proxy) => BoxCloneSyncService::new(example::http_client(
            over_tls(settings, tunnel(proxy)),
            kept_connections,
        )),
    }
}

fn tcp() -> HttpConnector {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp
}

fn tunnel(proxy: &str) -> Tunnel<HttpConnector> {
    Tunnel::new(proxy.parse().unwrap(), tcp())
}

fn over_tls<C, T>(settings: &Settings, connector: C) -> impl Connect + Clone + Send + Sync + 'static
where
    C: Service<Uri, Response = T, Error: Into<BoxError>, Future: Send> + Clone + Send + Sync + 'static,
    T: Read + Write + Connection + Unpin + Send + 'static,
{
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(settings.root_certificate.as_slice())).unwrap();
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let https = HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http()
        .enable_all_versions()
        .wrap_connector(connector);
    example::limited(https, settings.limits.connect)
}
