//! A check that nothing fails is no check: a good transport with one flaw fails just the checks that are about it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod bad;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::thread;

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;
use your_moms_transport_testkit::{Kit, Report};

use bad::Flaw;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // They mostly wait.
    arguments.test_threads.get_or_insert(8);
    let trials = Flaw::all().map(|flaw| Trial::test(flaw.name(), move || fails_its_checks(flaw)));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn fails_its_checks(flaw: Flaw) -> Result<(), Failed> {
    // The kit runs the test once more, in a process of its own, and knows it by the name of its thread.
    let test = thread::Builder::new().name(flaw.name().to_owned()).spawn(move || report(flaw))?;
    let Ok(report) = test.join() else { return Err("the kit panicked".into()) };
    let failed = report.failed();
    let skipped: Vec<_> = report.skipped().iter().map(|skipped| skipped.check).collect();
    let expected: BTreeSet<_> =
        flaw.checks().iter().copied().filter(|check| !skipped.contains(check)).collect();
    if failed == expected {
        Ok(())
    } else {
        Err(format!("{failed:?} failed, not {expected:?}\n\n{report}").into())
    }
}

fn report(flaw: Flaw) -> Report {
    let runtime = Runtime::new().unwrap();
    Kit::asynchronous(move |future| runtime.block_on(future), move |settings| bad::transport(flaw, settings))
        .run()
}
