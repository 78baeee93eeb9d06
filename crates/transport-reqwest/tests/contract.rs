//! Every rule of the contract, each as a test with a name.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::process::ExitCode;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Proxy};
use tokio::runtime::Runtime;
use your_moms_reqwest::ReqwestTransport;
use your_moms_transport_testkit::{Kit, Outcome, Settings};

fn main() -> ExitCode {
    let trials = kit().names().into_iter().map(|name| {
        Trial::test(name, move || {
            let report = kit().run_named(&[name]);
            // More than the contract asks for: what can be known of a delivery is said.
            let exact = report.cells().iter().all(|cell| cell.exact);
            // A client without HTTP/2 is turned away by the servers of these checks, and passes.
            let http2 = report.cells().iter().all(|cell| cell.outcome != Outcome::Response(505));
            if report.failures().is_empty() && exact && http2 {
                Ok(())
            } else {
                Err(format!("{report}exact: {exact}, HTTP/2: {http2}").into())
            }
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn kit() -> Kit {
    let runtime = Runtime::new().unwrap();
    Kit::asynchronous(move |future| runtime.block_on(future), transport)
}

/// A caller's builder with all on that the contract forbids: the policy of the transport comes last.
fn dangerous() -> ClientBuilder {
    Client::builder()
        .redirect(Policy::limited(10))
        .referer(true)
        .gzip(true)
        .timeout(Duration::from_secs(3600))
        .connect_timeout(Duration::from_secs(3600))
        .http1_max_headers(100_000)
        .pool_max_idle_per_host(8)
}

fn transport(settings: &Settings) -> ReqwestTransport {
    let root = Certificate::from_der(&settings.root_certificate).unwrap();
    let builder = || {
        let builder = dangerous().tls_certs_only([root.clone()]);
        match &settings.proxy {
            Some(url) => builder.proxy(Proxy::https(url).unwrap()),
            None => builder,
        }
    };
    ReqwestTransport::with_builder(settings.limits, builder).unwrap()
}
