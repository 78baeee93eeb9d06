//! The test kit's faults over real sockets: TLS, HTTP/2, floods, cuts. What the adapters and the libraries under them log of these is
//! searched, and the kit's own check of what their errors print must pass.

use std::thread;

use tokio::runtime::Runtime;
use your_moms_reqwest::ReqwestTransport;
use your_moms_reqwest::reqwest::{Certificate, Client, Proxy};
use your_moms_transport_testkit::{Kit, Report, SECRET_CHECK, SENTINELS, Settings};
use your_moms_ureq::UreqTransport;
use your_moms_ureq::ureq::tls::{self, RootCerts, TlsConfig};

use crate::capture;
use crate::watch::{Scene, Watch};
use crate::ways::tower;

pub(crate) fn run(watch: &mut Watch) -> String {
    capture::filter(true);
    let reports = [over_ureq, over_reqwest, over_tower].map(thread::spawn).map(|kit| kit.join().unwrap());
    capture::filter(false);
    for report in &reports {
        // Whether they keep the whole contract is asked by tests of theirs.
        let leaks: Vec<_> =
            report.failures().iter().filter(|failure| failure.check == SECRET_CHECK).collect();
        assert!(leaks.is_empty(), "{leaks:?}");
        assert!(report.cells().len() > 100, "{report}");
    }
    let mut scene = Scene::default();
    for sentinel in SENTINELS {
        scene.secret(sentinel, sentinel);
    }
    scene.texts = capture::taken();
    watch.look(scene);
    let cells = reports.iter().map(|report| report.cells().len());
    format!("{} faults of the test kit over three adapters", cells.sum::<usize>())
}

/// All that needs no second process.
fn run_kit(kit: Kit) -> Report {
    kit.without("environment-proxy").without("dns-hangs").run()
}

fn over_ureq() -> Report {
    run_kit(Kit::blocking(|settings| {
        let root = tls::Certificate::from_der(&settings.root_certificate).to_owned();
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[root])).build();
        UreqTransport::with_config(settings.limits, UreqTransport::config_builder().tls_config(tls).build())
    }))
}

fn over_reqwest() -> Report {
    let transport = |settings: &Settings| {
        let root = Certificate::from_der(&settings.root_certificate).unwrap();
        let builder = || {
            let builder = Client::builder().tls_certs_only([root.clone()]);
            settings.proxy.iter().fold(builder, |builder, url| builder.proxy(Proxy::https(url).unwrap()))
        };
        ReqwestTransport::with_builder(settings.limits, builder).unwrap()
    };
    let runtime = Runtime::new().unwrap();
    run_kit(Kit::asynchronous(move |future| runtime.block_on(future), transport))
}

/// Without TLS, which the maker of the service chooses.
fn over_tower() -> Report {
    let runtime = Runtime::new().unwrap();
    run_kit(Kit::asynchronous(move |future| runtime.block_on(future), |settings| tower(settings.limits)))
}
