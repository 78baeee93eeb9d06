//! `cargo xtask bench`: instructions, counted by callgrind, and what is taken from the heap. Time depends on the machine and
//! what else it does; these do not.

mod callgrind;
mod diagnosis;
mod goals;
mod measure;
mod packages;
mod plot;
mod profile;
mod record;
mod report;
mod server;
mod steps;
mod strace;
mod trips;

use std::error::Error;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the benches whose names hold TEXT: `diagnosis`, `steps`
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Only the rows of a bench whose names hold TEXT
    #[arg(long, value_name = "TEXT")]
    row: Option<String>,

    /// Only the steps, without their peers, against the record: fails where a figure is more than 2 % above it
    #[arg(long, conflicts_with = "filter")]
    check: bool,

    /// Writes the figures of the steps that are lower than the record into it
    #[arg(long)]
    record: bool,
}

impl Options {
    fn has_row(&self, name: &str) -> bool {
        self.row.as_deref().is_none_or(|text| name.contains(text))
    }

    fn has_bench(&self, name: &str) -> bool {
        if self.check {
            name == "steps"
        } else {
            self.filter.as_deref().is_none_or(|text| name.contains(text))
        }
    }
}

/// A bench: its name, and what measures it. It prints its tables, and gives the number of rows past a limit.
type Bench = (&'static str, fn(&Options) -> Result<usize, Box<dyn Error>>);

const BENCHES: [Bench; 2] = [("diagnosis", diagnosis::run), ("steps", steps::run)];

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    callgrind::check()?;
    let mut past = 0;
    let mut ran = 0;
    for (name, bench) in BENCHES.iter().filter(|(name, _)| options.has_bench(name)) {
        println!("{name}");
        past += bench(options)?;
        ran += 1;
    }
    if ran == 0 {
        return Err("no bench has such a name".into());
    }
    println!("\n{past} past a limit");
    Ok(if past == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
