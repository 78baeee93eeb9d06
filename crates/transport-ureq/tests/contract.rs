//! Every rule of the contract, each as a test with a name.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::process::ExitCode;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};
use ureq::Proxy;
use ureq::config::{ConfigBuilder, RedirectAuthHeaders};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::typestate::AgentScope;
use your_moms_transport_testkit::{Kit, Settings};
use your_moms_ureq::UreqTransport;

fn main() -> ExitCode {
    let trials = kit().names().into_iter().map(|name| {
        Trial::test(name, move || {
            let report = kit().run_named(&[name]);
            // More than the contract asks for: what can be known of a delivery is said.
            let exact = report.cells().iter().all(|cell| cell.exact);
            if report.failures().is_empty() && exact {
                Ok(())
            } else {
                Err(format!("{report}exact: {exact}").into())
            }
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn kit() -> Kit {
    Kit::blocking(transport)
}

/// A caller's configuration with all on that the contract forbids: the policy of the transport comes last.
fn dangerous() -> ConfigBuilder<AgentScope> {
    UreqTransport::config_builder()
        .http_status_as_error(true)
        .max_redirects(10)
        .redirect_auth_headers(RedirectAuthHeaders::SameHost)
        .accept("text/html")
        .accept_encoding("gzip")
        .max_response_header_size(1 << 30)
        .max_idle_age(Duration::from_secs(3600))
        .timeout_connect(None)
        .timeout_global(None)
}

fn transport(settings: &Settings) -> UreqTransport {
    let root = Certificate::from_der(&settings.root_certificate).to_owned();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[root])).build();
    let mut config = dangerous().tls_config(tls);
    if let Some(url) = &settings.proxy {
        config = config.proxy(Some(Proxy::new(url).unwrap()));
    }
    UreqTransport::with_config(settings.limits, config.build())
}
