//! `cargo xtask exactly-once`: that a creation makes one instance, and that nobody loses it, whatever goes wrong and whenever.
//!
//! Each run has a sandbox of its own on a loopback socket, a program with one of the two adapters, and one mishap. What the
//! program was told is judged by what the sandbox has in store. No run waits: the clients' timer only counts.

mod cases;
mod common;
mod mishap;
mod naive;
mod process;
mod report;
mod run;
mod transport;
mod verdict;
mod world;

use std::error::Error;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use rustls::crypto::ring;
use tokio::runtime::Runtime;

use cases::Case;
use common::Failed;
use process::Driver;
use report::Report;
use verdict::{Observed, judge};

/// How many runs go on at once. More than there are processors: some wait for a time limit.
const AT_ONCE: usize = 16;

/// How far apart runs are that follow each other: neighbours have the same mishap, and would all wait at the same time.
const STRIDE: usize = 256;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Drive the creations without the search, by a plain loop that sends them again: must find violations
    #[arg(long)]
    without_search: bool,

    /// Only the runs whose names hold TEXT
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    // reqwest makes no client without one, although no run uses TLS.
    ring::default_provider().install_default().map_err(|_| "another TLS provider is installed")?;
    let runtime = Runtime::new()?;
    let driver = if options.without_search { Driver::Naive } else { Driver::Client };
    let mut cases = cases::all();
    cases.retain(|case| options.filter.as_deref().is_none_or(|text| case.to_string().contains(text)));
    if cases.is_empty() {
        return Err("no run has such a name".into());
    }
    let observed = run_all(&cases, |case| run::run(case, &runtime, driver));
    let mut report = Report::default();
    for (case, observed) in cases.iter().zip(observed) {
        match observed {
            Ok(observed) => report.add(case, &observed, &judge(&observed)),
            Err(error) => report.fail(case, &error),
        }
    }
    println!("{report}");
    Ok(if report.passes() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs every case, several at once, and returns what was observed in the order of the cases.
fn run_all(
    cases: &[Case],
    run: impl Fn(&Case) -> Result<Observed, Failed> + Sync,
) -> Vec<Result<Observed, Failed>> {
    let spread = (0..STRIDE).flat_map(|first| cases.iter().enumerate().skip(first).step_by(STRIDE));
    let (queue, done) = (Mutex::new(spread), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = lock(&queue).next();
                    let Some((index, case)) = next else { break };
                    let observed = run(case);
                    lock(&done).push((index, observed));
                }
            });
        }
    });
    let mut done = std::mem::take(&mut *lock(&done));
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, observed)| observed).collect()
}

/// A run that panicked leaves nothing half done behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
