//! `cargo xtask ci`: everything that must hold besides the tests.

mod check;
mod coverage;
mod deny;
mod dependencies;
mod fast;
mod features;
mod full;
mod minimal;
mod miri;
mod mutants;
mod promises;
mod public_api;
mod semver;

use std::error::Error;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Also everything that takes long, or tools of its own, which are installed below `target/tools`
    #[arg(long)]
    full: bool,
    /// Only the checks with such a name, of those that `--list` shows
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// All but the checks with such a name
    #[arg(long, value_name = "NAME")]
    without: Option<String>,
    /// Of the check `mutants`, every Nth change from the Kth, counted from 0
    #[arg(long, value_name = "K/N", requires = "only")]
    shard: Option<String>,
    /// Names the checks, and runs none
    #[arg(long)]
    list: bool,
}

impl Options {
    fn choose(&self, name: &str) -> bool {
        let has = |part: &String| name.contains(part.as_str());
        self.only.as_ref().is_none_or(has) && !self.without.as_ref().is_some_and(has)
    }
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let slow = options.full || options.only.is_some();
    let checks = fast::CHECKS.iter().chain(if slow { full::CHECKS } else { &[] });
    if options.list {
        for check in fast::CHECKS {
            println!("{}", check.name);
        }
        for check in full::CHECKS {
            println!("{:17} --full", check.name);
        }
        return Ok(ExitCode::SUCCESS);
    }
    for name in options.only.iter().chain(&options.without) {
        if !checks.clone().any(|check| check.name.contains(name.as_str())) {
            return Err(format!("no check is called {name}; `cargo xtask ci --list` names them").into());
        }
    }
    if let Some(shard) = &options.shard {
        if options.only.as_deref() != Some("mutants") {
            return Err("`--shard` divides the check mutants: say `--only mutants`".into());
        }
        return mutants::shard(shard).map(|()| ExitCode::SUCCESS);
    }
    Ok(check::run(checks.filter(|check| options.choose(check.name))))
}
