//! The examples' clients, made as the kit asks for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![allow(dead_code, reason = "each test that includes it uses a part")]

use std::sync::Arc;

use reqwest::Proxy;
use reqwest::blocking::Client;
use your_moms_core::{AsyncTransport, Transport};
use your_moms_transport_testkit::Settings;

#[path = "../../examples/hyper_smol.rs"]
mod hyper_smol_example;
mod hyper_util;
#[path = "../../examples/reqwest_blocking.rs"]
mod reqwest_example;

pub(crate) fn blocking(settings: &Settings) -> impl Transport + use<> {
    let builder = Client::builder().tls_backend_preconfigured(hyper_util::tls(settings));
    let builder = match &settings.proxy {
        None => builder.no_proxy(),
        Some(url) => builder.proxy(Proxy::https(url).unwrap()),
    };
    reqwest_example::BlockingTransport::new(settings.limits, builder).unwrap()
}

pub(crate) fn hyper_smol(settings: &Settings) -> impl AsyncTransport + use<> {
    hyper_smol_example::SmolTransport { limits: settings.limits, tls: Arc::new(hyper_util::tls(settings)) }
}

pub(crate) fn asynchronous(settings: &Settings) -> Box<dyn AsyncTransport> {
    Box::new(hyper_util::transport(settings))
}
