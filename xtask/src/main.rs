//! The workspace's own commands: `cargo xtask`.

mod axe;
mod bench;
mod browsers;
mod ci;
mod conformance;
mod exactly_once;
mod fuzz;
mod kills;
mod pictures;
mod sandbox;
mod transports;
mod web;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The workspace's own commands")]
enum Command {
    /// Counts the instructions of what must stay cheap, and fails past a limit; needs valgrind
    Bench(bench::Options),
    /// Runs every check besides the tests: formatting, lints, documentation, dependencies, conformance
    Ci,
    /// Checks our implementation, or any program, against the golden files
    Conformance(conformance::Options),
    /// Shows that a creation makes one instance, and that nobody loses it, whatever goes wrong
    ExactlyOnce(exactly_once::Options),
    /// Hands what a fuzzer makes up to everything that reads what others wrote; needs python3 and g++
    Fuzz(fuzz::Options),
    /// Shows that nobody loses an instance, or gets two, wherever the program `your-moms` is killed
    Kills(kills::Options),
    /// Makes the pictures of the documentation anew: a recording of the terminal, and the consent page
    Pictures,
    /// Uses the sandbox in real browsers, or soaks it in requests
    Sandbox(sandbox::Options),
    /// Prints what each adapter makes of every fault, and fails where one breaks the contract of a transport
    Transports(transports::Options),
    /// Uses the web application among the examples in real browsers, and counts what it has to make up for
    Web(web::Options),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Bench(options) => bench::run(&options),
        Command::Ci => ci::run(),
        Command::Conformance(options) => conformance::run(&options),
        Command::ExactlyOnce(options) => exactly_once::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Kills(options) => kills::run(&options),
        Command::Pictures => pictures::run(),
        Command::Sandbox(options) => sandbox::run(&options),
        Command::Transports(options) => transports::run(&options),
        Command::Web(options) => web::run(&options),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
