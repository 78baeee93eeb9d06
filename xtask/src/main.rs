<<<<<<< HEAD
//! The workspace's own commands: `cargo xtask`.

mod conformance;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The workspace's own commands")]
enum Command {
    /// Holds our implementation, or any program, to the golden files
    Conformance(conformance::Options),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Conformance(options) => conformance::run(&options),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
=======
//! Tasks of this workspace: `cargo xtask TASK`.

mod transports;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some("transports") {
        return transports::run();
    }
    eprintln!("usage: cargo xtask transports");
    ExitCode::from(2)
>>>>>>> main
}
