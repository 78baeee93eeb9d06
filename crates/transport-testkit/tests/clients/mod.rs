//! The examples' clients, made as the kit asks for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![allow(dead_code, reason = "not every test uses both")]

use std::sync::Arc;

use http::Uri;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use reqwest::Proxy;
use reqwest::blocking::Client;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use your_moms_core::{AsyncTransport, Transport};
use your_moms_transport_testkit::Settings;

#[path = "../../examples/hyper_util.rs"]
mod hyper_util_example;
#[path = "../../examples/reqwest_blocking.rs"]
mod reqwest_example;

pub(crate) fn blocking(settings: &Settings) -> impl Transport + use<> {
    let builder = Client::builder().tls_backend_preconfigured(tls(settings));
    let builder = match &settings.proxy {
        None => builder.no_proxy(),
        Some(url) => builder.proxy(Proxy::https(url).unwrap()),
    };
    reqwest_example::BlockingTransport::new(settings.limits, builder).unwrap()
}

/// A proxy makes another connector, and so another type.
pub(crate) fn asynchronous(settings: &Settings) -> Box<dyn AsyncTransport> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(settings.limits.connect));
    let https = HttpsConnectorBuilder::new().with_tls_config(tls(settings)).https_or_http().enable_http1();
    match &settings.proxy {
        None => Box::new(hyper_util_example::HyperTransport::new(https.wrap_connector(tcp), settings.limits)),
        Some(proxy) => {
            let tunnel = Tunnel::new(proxy.parse::<Uri>().unwrap(), tcp);
            Box::new(hyper_util_example::HyperTransport::new(https.wrap_connector(tunnel), settings.limits))
        }
    }
}

fn tls(settings: &Settings) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(settings.root_certificate.as_slice())).unwrap();
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
