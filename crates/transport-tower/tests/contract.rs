//! Every rule of the contract, each as a test with a name, over hyper-util under the layers of the example.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod clients;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use tokio::runtime::Runtime;
use your_moms_transport_testkit::Kit;

fn main() -> ExitCode {
    let names = kit().names();
    let trials = names.into_iter().map(|name| {
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
    let runtime = Runtime::new().unwrap();
    Kit::asynchronous(move |future| runtime.block_on(future), clients::transport)
}
