//! `cargo xtask bench`: instructions, counted by callgrind, and what is taken from the heap. Time depends on the machine and
//! what else it does; these do not.

mod builds;
mod callgrind;
mod diagnosis;
mod goals;
mod growth;
mod measure;
mod packages;
mod page;
mod parallel;
mod plot;
mod profile;
mod record;
mod server;
mod session;
mod steps;
mod strace;
mod table;
mod time;
mod trips;

use std::error::Error;
use std::process::ExitCode;

use session::Session;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the bench of this name: `diagnosis`, `steps`, `growth`, `trips`, `packages`, `time`, `builds`. The last two, which no
    /// limit is for, run only if they are named
    #[arg(long, value_name = "NAME")]
    filter: Option<String>,

    /// Only the rows of a bench whose names hold TEXT
    #[arg(long, value_name = "TEXT")]
    row: Option<String>,

    /// Only what is compared with the record, without the peers: fails where a figure is more than 2 % above it
    #[arg(long, conflicts_with = "filter")]
    check: bool,

    /// Writes the figures that are lower than the record into it
    #[arg(long)]
    record: bool,
}

impl Options {
    fn has_row(&self, name: &str) -> bool {
        self.row.as_deref().is_none_or(|text| name.contains(text))
    }

    fn has(&self, bench: &Bench) -> bool {
        match &self.filter {
            Some(name) => name == bench.name,
            None if self.check => bench.when == When::Checking,
            None => bench.when != When::Named,
        }
    }
}

struct Bench {
    name: &'static str,
    when: When,
    /// Prints its tables, and writes its section of the page.
    run: fn(&mut Session<'_>) -> Result<(), Box<dyn Error>>,
}

/// What a bench runs for, unless it is named.
#[derive(PartialEq, Eq)]
enum When {
    /// The check, and all benches.
    Checking,
    /// All benches.
    All,
    /// Nothing.
    Named,
}

const BENCHES: [Bench; 7] = [
    Bench { name: "diagnosis", when: When::All, run: diagnosis::run },
    Bench { name: "steps", when: When::Checking, run: steps::run },
    Bench { name: "growth", when: When::Checking, run: growth::run },
    Bench { name: "trips", when: When::Checking, run: trips::run },
    Bench { name: "packages", when: When::All, run: packages::run },
    Bench { name: "time", when: When::Named, run: time::run },
    Bench { name: "builds", when: When::Named, run: builds::run },
];

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    callgrind::check()?;
    let mut session = Session::new(options)?;
    let mut ran = 0;
    for bench in BENCHES.iter().filter(|bench| options.has(bench)) {
        println!("{}", bench.name);
        (bench.run)(&mut session)?;
        ran += 1;
    }
    if ran == 0 {
        return Err("no bench has this name".into());
    }
    let past = session.end()?;
    println!("\n{past} past a limit");
    Ok(if past == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
