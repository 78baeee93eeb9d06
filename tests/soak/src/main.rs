//! A million requests to the sandbox. Its memory must not grow with their number, nor the time that a request takes with
//! the number of instances.

mod caller;
mod memory;
mod mix;
mod ping;
mod verdict;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use your_moms_sandbox::{Sandbox, SandboxTransport};

use caller::Caller;
use mix::Mix;
use verdict::Measured;

/// Until everything that the sandbox keeps for a while has come to its full size.
const FIRST: u64 = 100_000;
const THEN: u64 = 1_000_000;
/// How often the memory is told.
const STEPS: u64 = 5;

#[derive(Parser)]
struct Options {
    /// Let the journal keep this many requests: with more than there are, the check must fail
    #[arg(long, value_name = "N", hide = true)]
    journal: Option<usize>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let started = Instant::now();
    let (memory_before, memory_after) = soak(options)?;
    let soaked = started.elapsed();
    let (ping_of_one, ping_of_many) = ping::measure()?;
    let measured = Measured { memory_before, memory_after, ping_of_one, ping_of_many };
    println!("{measured}");
    println!("{} s, {} s of it for {} requests", started.elapsed().as_secs(), soaked.as_secs(), FIRST + THEN);
    let problems = measured.problems();
    for problem in &problems {
        eprintln!("{problem}");
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Kilobytes after the first requests, and after those that follow.
fn soak(options: &Options) -> Result<(u64, u64), Box<dyn Error>> {
    let transport = SandboxTransport::new(Sandbox::new(1));
    if let Some(records) = options.journal {
        transport.sandbox().keep_journal(records);
    }
    let mut mix = Mix::new(Caller::new(transport));
    mix.run_until(FIRST)?;
    let before = memory::resident()?;
    let mut after = before;
    for step in 1..=STEPS {
        let requests = FIRST + THEN / STEPS * step;
        mix.run_until(requests)?;
        after = memory::resident()?;
        println!("{requests} requests: {after} kB");
    }
    Ok((before, after))
}
