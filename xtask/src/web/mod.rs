//! `cargo xtask web`: the web application among the examples in real browsers. Chromium and chromedriver have to be installed,
//! for `--postgres` `PostgreSQL` as well.

mod axe;
mod glue;

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

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
    let started = Instant::now();
    glue::check()?;
    super::ci::cargo(&["build", "--quiet", "--package", "example-web", "--package", "example-browser"], &[])?;

    // Cargo has put those programs beside this one.
    let own = env::current_exe()?;
    let programs = own.parent().ok_or("this program is in a folder")?;
    let output = programs.parent().unwrap_or(programs).join("browser");
    let axe = axe::fetch(&output)?;
    let built = started.elapsed();
    let mut command = Command::new(programs.join("example-browser"));
    command.arg("--program").arg(programs.join("example-web"));
    command.arg("--axe").arg(axe).arg("--output").arg(&output);
    command.args(options.postgres.then_some("--postgres"));
    command.args(options.filter.iter().flat_map(|filter| ["--filter", filter]));
    let status = command.status()?;
    println!("{} s, {} s of it to build; {}", started.elapsed().as_secs(), built.as_secs(), shown(&output));
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn shown(output: &Path) -> String {
    format!("screenshots and logs are in {}", output.display())
}
