//! `cargo xtask web`: the web application among the examples in real browsers. Chromium and chromedriver have to be installed,
//! for `--postgres` `PostgreSQL` as well.

mod glue;

use std::error::Error;
use std::process::ExitCode;

use crate::browsers;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Keep the application's data in `PostgreSQL` in place of `SQLite`
    #[arg(long)]
    postgres: bool,

    /// Only the scenarios whose name holds TEXT
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    glue::check()?;
    let packages = ["example-web", "your-moms-browser-tests-web"];
    let filter = options.filter.as_deref();
    let passed = browsers::run(&packages, "web-in-browsers", "web", filter, |programs, command| {
        command.arg("--program").arg(programs.join("example-web"));
        command.args(options.postgres.then_some("--postgres"));
    })?;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
