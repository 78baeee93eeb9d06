//! `cargo xtask sandbox`: what tests in the sandbox's own package cannot show.

mod browser;
mod soak;

use std::error::Error;
use std::process::ExitCode;

#[derive(clap::Args)]
#[group(id = "what", required = true, multiple = true)]
pub(crate) struct Options {
    /// Use its pages in real browsers; needs chromium, chromedriver and npm
    #[arg(long, group = "what")]
    browser: bool,

    /// Send a million requests; fails if memory grows with them, or time with the number of instances
    #[arg(long, group = "what")]
    soak: bool,

    /// Only the scenarios in browsers whose name holds TEXT
    #[arg(long, value_name = "TEXT", requires = "browser")]
    filter: Option<String>,

    /// Let the journal keep this many requests: with more than there are, the soak must fail
    #[arg(long, value_name = "N", requires = "soak", hide = true)]
    journal: Option<usize>,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    if options.browser && !browser::run(options.filter.as_deref())? {
        return Ok(ExitCode::FAILURE);
    }
    if options.soak && !soak::run(options.journal)? {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
