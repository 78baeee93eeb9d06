//! The workspace's own commands: `cargo xtask`.

mod axe;
mod bench;
mod browsers;
mod cargo;
mod ci;
mod conformance;
mod exactly_once;
mod fuzz;
mod kills;
mod pictures;
mod release;
mod sandbox;
mod tools;
mod transports;
mod web;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "The workspace's own commands")]
enum Command {
    /// Counts what must stay cheap, and fails past a limit; needs valgrind
    Bench(bench::Options),
    /// Runs every check but the tests; with `--full` also those that take long
    Ci(ci::Options),
    /// Checks our implementation, or another, against the golden files
    Conformance(conformance::Options),
    /// Shows that a creation makes one instance, whatever goes wrong
    ExactlyOnce(exactly_once::Options),
    /// Fuzzes what reads text that others wrote
    Fuzz(fuzz::Options),
    /// Shows that a killed `your-moms` loses no instance and makes none twice
    Kills(kills::Options),
    /// Makes the pictures of the documentation anew
    Pictures,
    /// Shows that the packages can be published, and in which order
    Release(release::Options),
    /// Uses the sandbox in real browsers, or soaks it in requests
    Sandbox(sandbox::Options),
    /// Shows what each adapter makes of every fault
    Transports(transports::Options),
    /// Uses the web application among the examples in real browsers
    Web(web::Options),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Bench(options) => bench::run(&options),
        Command::Ci(options) => ci::run(&options),
        Command::Conformance(options) => conformance::run(&options),
        Command::ExactlyOnce(options) => exactly_once::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Kills(options) => kills::run(&options),
        Command::Pictures => pictures::run(),
        Command::Release(options) => release::run(&options),
        Command::Sandbox(options) => sandbox::run(&options),
        Command::Transports(options) => transports::run(&options),
        Command::Web(options) => web::run(&options),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
