//! People use the sandbox's consent pages and its inspector in real browsers. `cargo xtask sandbox --browser` runs it.

mod api;
mod scenarios;
mod site;
mod world;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use your_moms_browser_tests::{Failed, Options, Outcome, Setting, finish, play, run};

use crate::scenarios::{SCENARIOS, Scenario};
use crate::world::World;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    finish(run_all(&Arguments::parse().options))
}

fn run_all(options: &Options) -> Result<ExitCode, Failed> {
    let setting = Arc::new(Setting::new(options)?);
    let scenarios = SCENARIOS.iter().map(|(name, scenario)| {
        let (setting, scenario) = (setting.clone(), *scenario);
        (*name, move || play(one(setting, scenario)))
    });
    run(options, scenarios)
}

async fn one(setting: Arc<Setting>, scenario: Scenario) -> Outcome {
    let mut world = World::new(setting).await?;
    let outcome = scenario(&mut world).await;
    world.end().await;
    outcome
}
