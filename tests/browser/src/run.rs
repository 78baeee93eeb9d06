//! Scenarios are run as tests, two at once.

use std::future::Future;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::outcome::{Failed, Outcome};
use crate::setting::Options;

/// Fewer than this are not a test.
const FEWEST: u64 = 8;

/// Runs the scenarios, each by its name, and counts them.
///
/// # Errors
/// If there were too few, unless they were chosen by a filter.
pub fn run<F>(
    options: &Options,
    scenarios: impl IntoIterator<Item = (&'static str, F)>,
) -> Result<ExitCode, Failed>
where
    F: FnOnce() -> Outcome + Send + 'static,
{
    let trial = |(name, scenario): (&'static str, F)| {
        Trial::test(name, move || scenario().map_err(|failed| failed.to_string().into()))
    };
    let trials = scenarios.into_iter().map(trial).collect();
    let filter = options.filter.clone();
    let conclusion =
        libtest_mimic::run(&Arguments { filter, test_threads: Some(2), ..Arguments::default() }, trials);
    let (passed, failed) = (conclusion.num_passed, conclusion.num_failed);
    println!("{} scenarios, {failed} failed", passed + failed);
    if options.filter.is_none() && passed + failed < FEWEST {
        return Err(format!("fewer than {FEWEST} scenarios were run").into());
    }
    Ok(conclusion.exit_code())
}

/// Plays a scenario to its end, on a runtime of its own.
///
/// # Errors
/// How the scenario failed.
pub fn play(scenario: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(scenario)
}

/// The exit code of a program; why there are no scenarios goes to standard error.
pub fn finish(result: Result<ExitCode, Failed>) -> ExitCode {
    result.unwrap_or_else(|failed| {
        eprintln!("{failed}");
        ExitCode::FAILURE
    })
}
