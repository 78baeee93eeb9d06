//! The adapters, made as the kit asks for them.

use std::sync::Arc;

use reqwest::{Certificate, Client, Proxy};
use tokio::runtime::Runtime;
use ureq::tls::{RootCerts, TlsConfig};
use your_moms_reqwest::{ReqwestTransport, environment_proxy};
use your_moms_transport_testkit::{Kit, Settings};
use your_moms_ureq::UreqTransport;

/// The one that the others are compared with.
pub(super) const BASE: &str = "reqwest";

/// Each adapter's name and kit, [`BASE`] first.
pub(super) fn all(runtime: Runtime) -> [(&'static str, Kit); 3] {
    let runtime = Arc::new(runtime);
    let tower_runtime = Arc::clone(&runtime);
    [
        (BASE, Kit::asynchronous(move |future| runtime.block_on(future), over_reqwest)),
        ("ureq", Kit::blocking(over_ureq)),
        ("tower", Kit::asynchronous(move |future| tower_runtime.block_on(future), hyper_util::transport)),
    ]
}

/// hyper-util under layers, as the tower adapter documents and tests it.
#[path = "tower/tests/clients/mod.rs"]
mod hyper_util;

fn over_reqwest(settings: &Settings) -> ReqwestTransport {
    make_reqwest(settings).expect("the kit's settings are valid")
}

fn make_reqwest(settings: &Settings) -> reqwest::Result<ReqwestTransport> {
    let root = Certificate::from_der(&settings.root_certificate)?;
    let proxy = match &settings.proxy {
        Some(url) => Some(Proxy::https(url)?),
        None => environment_proxy()?,
    };
    ReqwestTransport::with_builder(settings.limits, || {
        let builder = Client::builder().tls_certs_only([root.clone()]);
        match &proxy {
            Some(proxy) => builder.proxy(proxy.clone()),
            None => builder,
        }
    })
}

fn over_ureq(settings: &Settings) -> UreqTransport {
    let root = ureq::tls::Certificate::from_der(&settings.root_certificate).to_owned();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[root])).build();
    let mut config = UreqTransport::config_builder().tls_config(tls);
    if let Some(url) = &settings.proxy {
        config = config.proxy(Some(ureq::Proxy::new(url).expect("the kit's settings are valid")));
    }
    UreqTransport::with_config(settings.limits, config.build())
}
