//! The program: settings from the environment, media to standard output, everything else to standard error.

use std::error::Error as _;
use std::io;
use std::process::ExitCode;

use example_cron::{Exit, Failure, POLICY, Settings, run};

fn main() -> ExitCode {
    let result = Settings::from_environment().and_then(|settings| {
        let client = your_moms_ureq::client(settings.platform).with_retries(POLICY);
        run(&client, settings.instance.token(), &mut io::stdout().lock())
    });
    match result {
        Ok(count) => {
            eprintln!("example-cron: {count} media");
            Exit::Done.into()
        }
        Err(failure) => {
            report(&failure);
            Exit::of(&failure).into()
        }
    }
}

fn report(failure: &Failure) {
    eprint!("example-cron: {failure}");
    let mut cause = failure.source();
    while let Some(error) = cause {
        eprint!(": {error}");
        cause = error.source();
    }
    eprintln!();
}
