//! The steps of the flow, as this library does them and as its peers do, for `cargo xtask bench`.
//!
//! A case is prepared once and then run as often as asked, so that the difference between two runs of a program is the cost
//! of the case alone, the drop of what it made included.

mod growth;
mod ours;
mod payload;
mod peers;
mod trips;

use std::error::Error;
use std::hint::black_box;

/// One run of a case: whether it succeeded.
pub type Run = Box<dyn FnMut() -> bool>;

/// What preparing a case gives.
pub type Prepared = Result<Run, Box<dyn Error>>;

/// A case: its name, and how it is prepared for an input of a size, which only the names that begin with `growth.` heed.
type Case = (&'static str, fn(usize) -> Prepared);

/// How often a case can be run: what a run uses up is prepared this many times.
pub const MOST_RUNS: usize = 32;

/// The case of this name, prepared. For one whose name begins with `trip.` the size is the port of a server on this machine.
///
/// # Errors
/// If there is no such case, or its payload cannot be used.
pub fn prepare(name: &str, size: usize) -> Prepared {
    // The HTTP libraries look for it; there is none yet, or this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Some(trip) = name.strip_prefix("trip.") {
        return trips::prepare(trip, size);
    }
    let (_, prepare) =
        cases().find(|(known, _)| *known == name).ok_or_else(|| format!("there is no case {name}"))?;
    prepare(size)
}

/// All cases that need no server.
fn cases() -> impl Iterator<Item = &'static Case> {
    ours::CASES.iter().chain(&growth::CASES).chain(peers::cases())
}

/// A case whose run gives a value, which is kept from the optimizer and dropped.
fn run<T, E>(mut once: impl FnMut() -> Result<T, E> + 'static) -> Run {
    Box::new(move || black_box(once()).is_ok())
}

/// Runs a case as often as asked, and says whether all runs succeeded. Not inlined, so that a profile can be of this alone.
#[inline(never)]
pub fn repeat(run: &mut Run, times: usize) -> bool {
    (0..times).all(|_| run())
}

/// What the programs do with their arguments: `NAME SIZE TIMES`.
///
/// # Errors
/// If an argument is missing or the case cannot be prepared.
pub fn from_arguments() -> Result<(Run, usize), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: NAME SIZE TIMES");
    let (name, size, times) = (next()?, next()?.parse()?, next()?.parse()?);
    if times > MOST_RUNS {
        return Err(format!("at most {MOST_RUNS} runs").into());
    }
    Ok((prepare(&name, size)?, times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_runs_as_often_as_it_says() {
        for (name, _) in cases() {
            assert!(repeat(&mut prepare(name, 60).unwrap(), MOST_RUNS), "{name}");
        }
    }
}
