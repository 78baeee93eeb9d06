//! `your-moms`: connects an account to Cloud Your_moms from a terminal, and makes calls through it.

mod again;
mod args;
mod blocking;
mod call;
mod carrier;
mod check;
mod connect;
mod connectors;
mod curl;
mod exit;
mod failure;
mod instances;
mod interrupts;
mod mark;
mod mask;
mod platform;
mod printable;
mod progress;
mod recover;
mod sandbox;
mod secrets;
mod spinner;
mod store;
mod terminal;

use std::env;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::args::{Command, CommandLine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupts::Interrupts;

fn main() -> ExitCode {
    if env::args_os().len() < 2 {
        // clap would do so, too, but for what the environment gives.
        terminal::say(CommandLine::definition().render_help().ansi().to_string().trim_end());
        return Exit::Usage.into();
    }
    let given = CommandLine::definition().try_get_matches();
    let command_line = match given.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(command_line) => command_line,
        // Not `--help`, which is a result.
        Err(error) if error.use_stderr() && wants_json() => return end(&Failure::from(error), true),
        Err(error) => error.exit(),
    };
    let json = command_line.common.json;
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return end(&Failure::failed("the program cannot start").because(&error), json),
    };
    let result = runtime.block_on(run(&command_line));
    // Not waited for: a prompt that Ctrl-C ended is still reading.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => end(&failure, json),
    }
}

async fn run(CommandLine { common, command }: &CommandLine) -> Result<(), Failure> {
    let mut interrupts = Interrupts::listen().await;
    match command {
        Command::Connect(args) => connect::run(common, args, &mut interrupts).await,
        Command::Connectors(args) => connectors::run(common, args, &mut interrupts).await,
        Command::Call(args) => call::run(common, args, &mut interrupts).await,
        Command::Instances(args) => instances::run(common, args, &mut interrupts).await,
        Command::Recover(args) => recover::run(common, args, &mut interrupts).await,
        Command::Check(args) => {
            let (args, vocabulary, json) = (args.clone(), common.vocabulary, common.json);
            interrupts.end(blocking::run(move || check::run(&args, vocabulary, json))).await
        }
        Command::Sandbox(args) => sandbox::run(args, common.json, &mut interrupts).await,
        Command::Completions(args) => {
            let mut completions = Vec::new();
            clap_complete::generate(
                args.shell,
                &mut CommandLine::definition(),
                "your-moms",
                &mut completions,
            );
            terminal::write_result(&completions)
        }
    }
}

/// Whether a command line that cannot be read asks for JSON all the same.
fn wants_json() -> bool {
    env::args_os().take_while(|argument| argument != "--").any(|argument| argument == "--json")
}

fn end(failure: &Failure, json: bool) -> ExitCode {
    if json {
        terminal::say(&failure.to_json().to_string());
    } else {
        terminal::failure(failure);
    }
    failure.exit().into()
}
