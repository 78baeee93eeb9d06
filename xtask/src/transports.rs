//! `cargo xtask transports`: the contract of a transport for both adapters, and what each makes of every fault.

#![expect(clippy::expect_used, reason = "a factory for the kit cannot fail, and its settings are valid")]

use std::error::Error;
use std::process::{Command, ExitCode};

use reqwest::{Certificate, Client, Proxy};
use rustls::crypto::ring;
use tokio::runtime::Runtime;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use your_moms_reqwest::{ReqwestTransport, environment_proxy};
use your_moms_transport_testkit::{Cell, Kit, Report, Settings};
use your_moms_ureq::UreqTransport;

/// Faults, by the beginning of their names, that the two end differently with, and why neither is wrong.
const KNOWN_DIFFERENCES: &[(&str, &str)] = &[
    (
        "response-during-upload",
        "ureq reads only when the whole request is sent, and runs into its time limit",
    ),
    ("http2-", "ureq does not speak HTTP/2, and is turned away with 505"),
    (
        "interim-responses-without-end",
        "ureq counts 1xx responses towards its limit on the head, reqwest does not",
    ),
    ("trailers-without-end", "ureq skips trailers until the time is up, hyper has a limit on their size"),
];

/// Runs the checks and prints the matrix. Fails if there is a violation.
pub(crate) fn run() -> ExitCode {
    // Limits on time are for programs that were built to run.
    let done = if cfg!(debug_assertions) { in_release() } else { matrix() };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo xtask transports: {error}");
            ExitCode::FAILURE
        }
    }
}

fn in_release() -> Result<bool, Box<dyn Error>> {
    let task = ["run", "--quiet", "--release", "--package", "xtask", "--", "transports"];
    Ok(Command::new(env!("CARGO")).args(task).status()?.success())
}

fn matrix() -> Result<bool, Box<dyn Error>> {
    ring::default_provider().install_default().map_err(|_| "another TLS provider is installed")?;
    let runtime = Runtime::new()?;
    let reqwest_kit = Kit::asynchronous(move |future| runtime.block_on(future), over_reqwest);
    let ureq_kit = Kit::blocking(over_ureq);
    let (reqwest, ureq) = (reqwest_kit.run(), ureq_kit.run());
    // Where two events race, such as an alert and the end of the connection, only what comes twice is a difference.
    let again = |fault: &str| {
        reqwest_kit.run_named(&[fault]).differences(&ureq_kit.run_named(&[fault])).contains(fault)
    };

    println!("{:34} {:6} {:28} {:>9}  {:28} {:>9}", "fault", "method", "reqwest", "bytes", "ureq", "bytes");
    for (left, right) in reqwest.cells().iter().zip(ureq.cells()) {
        println!("{:34} {:6} {}  {}", left.fault, left.method.as_str(), column(left), column(right));
    }
    let violations =
        broken_rules("reqwest", &reqwest) + broken_rules("ureq", &ureq) + differences(&reqwest, &ureq, again);
    println!("\n{} cells, {violations} violations", reqwest.cells().len() + ureq.cells().len());
    Ok(violations == 0)
}

fn column(cell: &Cell) -> String {
    let mark = if cell.violation { "!" } else { "" };
    format!("{:28} {:>9}", format!("{}{mark}", cell.outcome), cell.bytes_read)
}

fn broken_rules(adapter: &str, report: &Report) -> usize {
    for failure in report.failures() {
        println!("\n{adapter}: {failure}");
    }
    report.failures().len()
}

/// Prints the known differences. A difference that is not known is a violation, and so is a known one that is gone.
fn differences(reqwest: &Report, ureq: &Report, again: impl Fn(&str) -> bool) -> usize {
    let found = reqwest.differences(ureq);
    println!("\nknown differences");
    let mut violations = 0;
    for (name, why) in KNOWN_DIFFERENCES {
        println!("  {name}: {why}");
        if !found.iter().any(|fault| fault.starts_with(name)) {
            println!("violation: {name} is no longer a difference");
            violations += 1;
        }
    }
    let is_known = |fault: &str| KNOWN_DIFFERENCES.iter().any(|(name, _)| fault.starts_with(name));
    for fault in found.iter().filter(|fault| !is_known(fault) && again(fault)) {
        println!("violation: {fault} is a difference that is not known");
        violations += 1;
    }
    violations
}

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
    let mut config = Agent::config_builder().tls_config(tls);
    if let Some(url) = &settings.proxy {
        config = config.proxy(Some(ureq::Proxy::new(url).expect("the kit's settings are valid")));
    }
    UreqTransport::with_config(settings.limits, config.build())
}
