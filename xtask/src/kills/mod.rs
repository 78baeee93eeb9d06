//! `cargo xtask kills`: that nobody loses an instance, or gets two, wherever the program `your-moms` is killed.
//!
//! The real program connects to a sandbox and gets SIGKILL, SIGTERM or SIGHUP at a point that a seed chooses; then `your-moms recover` runs. What
//! the store has in the end is compared with what the sandbox has made. No run waits for a time to pass: a point is
//! reached when something is seen, such as a request in the sandbox's journal, and lies a random moment after that.

mod aim;
mod program;
mod report;
mod run;
mod world;

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use report::Report;
use world::World;

/// What this command fails with.
type Failed = Box<dyn Error + Send + Sync>;

/// How many programs are killed side by side, each with a sandbox of its own.
const AT_ONCE: usize = 4;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many kills
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    kills: u32,

    /// What the points are drawn from [default: from the operating system]
    #[arg(long)]
    seed: Option<u64>,

    /// Take what the program stored before it sent the creation away before `recover` runs: must report losses
    #[arg(long)]
    without_record: bool,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let started = Instant::now();
    crate::cargo::cargo(&["build", "--quiet", "--package", "your-moms-cli"], &[])?;
    // Cargo has put the program beside this one.
    let own = env::current_exe()?;
    let program = own.parent().ok_or("this program is in a folder")?.join("your-moms");
    let seed = options.seed.map_or_else(getrandom::u64, Ok).map_err(|error| error.to_string())?;
    println!("seed {seed}");
    let report = kill_all(options, &program, seed).map_err(|error| error.to_string())?;
    println!("{} s\n{report}", started.elapsed().as_secs());
    Ok(if report.passes() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Several at once, each thread with its share.
fn kill_all(options: &Options, program: &Path, seed: u64) -> Result<Report, Failed> {
    let kills = usize::try_from(options.kills)?;
    let share = |number: usize| kills / AT_ONCE + usize::from(number < kills % AT_ONCE);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE)
            .map(|number| {
                scope.spawn(move || {
                    let world = World::start()?;
                    let random = fastrand::Rng::with_seed(seed.wrapping_add(number as u64));
                    run::kill(program, &world, random, share(number), options.without_record)
                })
            })
            .collect();
        let mut report = Report::default();
        for thread in threads {
            report.add(thread.join().map_err(|_| "a thread has panicked")??);
        }
        Ok(report)
    })
}
