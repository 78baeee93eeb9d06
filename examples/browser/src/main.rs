//! People use the web application in real browsers. `cargo xtask web` builds what this needs and runs it.

mod accessibility;
mod browser;
mod cluster;
mod database;
mod driver;
mod outcome;
mod person;
mod process;
mod scenarios;
mod world;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use libtest_mimic::Trial;

use crate::cluster::Cluster;
use crate::driver::Driver;
use crate::outcome::{Failed, Outcome};
use crate::scenarios::{SCENARIOS, Scenario};
use crate::world::{Setting, World};

/// Fewer than this are not a test of the application.
const FEWEST: u64 = 8;

#[derive(Parser)]
struct Options {
    /// The application's program
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// axe-core's `axe.min.js`
    #[arg(long, value_name = "FILE")]
    axe: PathBuf,
    /// Where screenshots and logs go
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
    /// Keep the application's data in `PostgreSQL`, in a cluster of this run's own
    #[arg(long)]
    postgres: bool,
    /// Only the scenarios whose name holds this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => code,
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<ExitCode, Failed> {
    let (screenshots, logs) = (options.output.join("screenshots"), options.output.join("logs"));
    fs::create_dir_all(&screenshots)?;
    fs::create_dir_all(&logs)?;
    let setting = Arc::new(Setting {
        driver: Driver::start(&logs)?,
        cluster: if options.postgres { Some(Cluster::start()?) } else { None },
        program: options.program.clone(),
        axe: fs::read_to_string(&options.axe)?,
        screenshots,
        logs,
    });
    let trials = SCENARIOS.iter().map(|(name, scenario)| {
        let (setting, scenario) = (setting.clone(), *scenario);
        Trial::test(*name, move || play(setting, name, scenario).map_err(|failed| failed.to_string().into()))
    });
    let arguments = libtest_mimic::Arguments {
        filter: options.filter.clone(),
        test_threads: Some(2),
        ..libtest_mimic::Arguments::default()
    };
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let (passed, failed) = (conclusion.num_passed, conclusion.num_failed);
    println!("{} scenarios, {failed} failed", passed + failed);
    if options.filter.is_none() && passed + failed < FEWEST {
        return Err(format!("fewer than {FEWEST} scenarios were run").into());
    }
    Ok(conclusion.exit_code())
}

fn play(setting: Arc<Setting>, name: &'static str, scenario: Scenario) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut world = World::new(setting, name).await?;
        let outcome = scenario(&mut world).await;
        world.end(outcome).await
    })
}
