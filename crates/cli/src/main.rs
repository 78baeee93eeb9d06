//! `your-moms`: connects an account to Cloud Your_moms from a terminal, and makes calls through it.

mod args;
mod blocking;
mod call;
mod check;
mod connect;
mod exit;
mod failure;
mod instances;
mod interrupts;
mod mark;
mod mask;
mod platform;
mod recover;
mod sandbox;
mod secrets;
mod store;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::args::{Command, CommandLine};
use crate::failure::Failure;
use crate::interrupts::Interrupts;

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return end(&Failure::failed("the program cannot start").because(&error)),
    };
    let result = runtime.block_on(run(&command_line));
    // Not waited for: a prompt that Ctrl-C ended is still reading.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => end(&failure),
    }
}

async fn run(CommandLine { common, command }: &CommandLine) -> Result<(), Failure> {
    let mut interrupts = Interrupts::listen().await;
    match command {
        Command::Connect(args) => connect::run(common, args, &mut interrupts).await,
        Command::Call(args) => call::run(common, args, &mut interrupts).await,
        Command::Instances(args) => instances::run(common, args, &mut interrupts).await,
        Command::Recover(args) => recover::run(common, args, &mut interrupts).await,
        Command::Check(args) => {
            let (args, json) = (args.clone(), common.json);
            interrupts.end(blocking::run(move || check::run(&args, json))).await
        }
        Command::Sandbox(args) => sandbox::run(args, common.json, &mut interrupts).await,
        Command::Completions(args) => {
            let mut completions = Vec::new();
            clap_complete::generate(args.shell, &mut CommandLine::command(), "your-moms", &mut completions);
            terminal::write_result(&completions)
        }
    }
}

fn end(failure: &Failure) -> ExitCode {
    terminal::failure(failure);
    failure.exit().into()
}
