//! `cargo xtask bench`: instructions, counted by callgrind, and what is taken from the heap. Time depends on the machine and
//! what else it does; these do not.

mod builds;
mod callgrind;
mod diagnosis;
mod figures;
mod goals;
mod growth;
mod measure;
mod options;
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

pub(crate) use options::Options;
use session::Session;

use crate::tools;

struct Bench {
    name: &'static str,
    when: When,
    /// Prints its tables, and writes its section of the page.
    run: fn(&mut Session<'_>) -> Result<(), Box<dyn Error>>,
}

impl Bench {
    fn is_chosen(&self, options: &Options) -> bool {
        match &options.filter {
            Some(name) => name == self.name,
            None if options.check => self.when == When::Checking,
            None => self.when != When::Named,
        }
    }
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
    tools::programs(&[("valgrind", "valgrind")])?;
    let mut session = Session::new(options)?;
    let mut ran = 0;
    for bench in BENCHES.iter().filter(|bench| bench.is_chosen(options)) {
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
