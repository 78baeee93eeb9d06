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

pub(crate) use crate::cargo::{cargo, command};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Also everything that takes long, or tools of its own, which are installed below `target/tools`
    #[arg(long)]
    full: bool,
    /// Only the checks with such a name, of those that `--list` shows
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// All but the check of this name
    #[arg(long, value_name = "NAME", conflicts_with = "only")]
    without: Option<String>,
    /// Of the check `mutants`, every Nth change from the Kth, counted from 0
    #[arg(long, value_name = "K/N", requires = "only")]
    shard: Option<String>,
    /// Names the checks, and runs none
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let slow = options.full || options.only.is_some() || options.list;
    let checks = fast::CHECKS.iter().chain(if slow { full::CHECKS } else { &[] });
    if options.list {
        checks.for_each(|check| println!("{}", check.name));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(shard) = &options.shard {
        return mutants::shard(shard).map(|()| ExitCode::SUCCESS);
    }
    let Some(only) = &options.only else {
        let without = options.without.as_deref();
        return Ok(check::run(checks.filter(|check| Some(check.name) != without)));
    };
    let chosen: Vec<_> = checks.filter(|check| check.name.contains(only.as_str())).collect();
    if chosen.is_empty() {
        return Err(format!("no check is called {only}; `cargo xtask ci --list` names them").into());
    }
    Ok(check::run(chosen))
}
