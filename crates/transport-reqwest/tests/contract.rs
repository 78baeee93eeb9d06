//! Every rule of the contract, each as a test with a name.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use reqwest::{Certificate, Client, Proxy};
use rustls::crypto::ring;
use tokio::runtime::Runtime;
use your_moms_reqwest::{ReqwestTransport, environment_proxy};
use your_moms_transport_testkit::{Kit, Settings};

fn main() -> ExitCode {
    ring::default_provider().install_default().unwrap();
    let trials = kit().names().into_iter().map(|name| {
        Trial::test(name, move || {
            let report = kit().run_named(&[name]);
            if report.failures().is_empty() { Ok(()) } else { Err(report.into()) }
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn kit() -> Kit<'static> {
    let runtime = Runtime::new().unwrap();
    Kit::asynchronous(move |future| runtime.block_on(future), transport)
}

fn transport(settings: &Settings) -> ReqwestTransport {
    let root = Certificate::from_der(&settings.root_certificate).unwrap();
    let proxy = match &settings.proxy {
        Some(url) => Some(Proxy::https(url).unwrap()),
        None => environment_proxy().unwrap(),
    };
    let builder = || {
        let builder = Client::builder().tls_certs_only([root.clone()]);
        match &proxy {
            Some(proxy) => builder.proxy(proxy.clone()),
            None => builder,
        }
    };
    ReqwestTransport::with_builder(settings.limits, builder).unwrap()
}
