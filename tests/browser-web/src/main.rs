//! People use the web application among the examples in real browsers. `cargo xtask web` builds what this needs and runs it.

mod cluster;
mod database;
mod person;
mod scenarios;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use your_moms_browser_tests::{Failed, Options, Outcome, Setting, finish, play, run};

use crate::cluster::Cluster;
use crate::scenarios::{SCENARIOS, Scenario};
use crate::world::{Application, World};

#[derive(Parser)]
struct Arguments {
    /// The application's program
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// Keep the application's data in `PostgreSQL`, in a cluster of this run's own
    #[arg(long)]
    postgres: bool,
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    finish(run_all(&Arguments::parse()))
}

fn run_all(arguments: &Arguments) -> Result<ExitCode, Failed> {
    let application = Arc::new(Application {
        setting: Setting::new(&arguments.options)?,
        cluster: if arguments.postgres { Some(Cluster::start()?) } else { None },
        program: arguments.program.clone(),
    });
    let scenarios = SCENARIOS.iter().map(|(name, scenario)| {
        let (application, scenario) = (application.clone(), *scenario);
        (*name, move || play(one(application, name, scenario)))
    });
    run(&arguments.options, scenarios)
}

async fn one(application: Arc<Application>, name: &'static str, scenario: Scenario) -> Outcome {
    let mut world = World::new(application, name).await?;
    let outcome = scenario(&mut world).await;
    world.end(outcome).await
}
