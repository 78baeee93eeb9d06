//! Every rule of the contract, each as a test with a name.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use rustls::crypto::ring;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Proxy};
use your_moms_transport_testkit::{Kit, Settings};
use your_moms_ureq::UreqTransport;

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
    Kit::blocking(transport)
}

fn transport(settings: &Settings) -> UreqTransport {
    let root = Certificate::from_der(&settings.root_certificate).to_owned();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[root])).build();
    let mut config = Agent::config_builder().tls_config(tls);
    if let Some(url) = &settings.proxy {
        config = config.proxy(Some(Proxy::new(url).unwrap()));
    }
    UreqTransport::with_config(settings.limits, config.build())
}
