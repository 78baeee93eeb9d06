//! `cargo xtask bench`: instructions, counted by callgrind. Time depends on the machine and what else it does; these do not.

mod callgrind;
mod diagnosis;

use std::error::Error;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the benches whose names hold TEXT
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Only the rows of a bench whose names hold TEXT
    #[arg(long, value_name = "TEXT")]
    row: Option<String>,
}

/// A bench: its name, and what it does with the rows chosen. It prints its table, and gives the rows past a limit.
type Bench = (&'static str, fn(&dyn Fn(&str) -> bool) -> Result<usize, Box<dyn Error>>);

const BENCHES: [Bench; 1] = [("diagnosis", diagnosis::run)];

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    callgrind::check()?;
    let is_chosen =
        |name: &str, filter: Option<&String>| filter.is_none_or(|text| name.contains(text.as_str()));
    let mut past = 0;
    let mut ran = 0;
    for (name, bench) in BENCHES.iter().filter(|(name, _)| is_chosen(name, options.filter.as_ref())) {
        println!("{name}");
        past += bench(&|row| is_chosen(row, options.row.as_ref()))?;
        ran += 1;
    }
    if ran == 0 {
        return Err("no bench has such a name".into());
    }
    println!("\n{past} past a limit");
    Ok(if past == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
