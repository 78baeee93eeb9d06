//! `cargo xtask transports`: the contract of a transport for every adapter, and what each makes of every fault.

#![expect(clippy::expect_used, reason = "a factory for the kit cannot fail, and its settings are valid")]

mod adapters;
mod bad;
mod differences;

use std::error::Error;
use std::process::{Command, ExitCode};

use clap::builder::PossibleValuesParser;
use rustls::crypto::ring;
use tokio::runtime::Runtime;
use your_moms_transport_testkit::{Cell, Report};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// A transport with this flaw in place of the adapters: it must fail
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(bad::names()))]
    bad: Option<String>,
}

/// Runs the checks and prints the matrix. Fails if there is a violation.
pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let good = match &options.bad {
        Some(name) => bad::run(name)? == 0,
        // Limits on time are for programs that were built to run.
        None if cfg!(debug_assertions) => in_release()?,
        None => matrix()?,
    };
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_release() -> Result<bool, Box<dyn Error>> {
    let task = ["run", "--quiet", "--release", "--package", "xtask", "--", "transports"];
    Ok(Command::new(env!("CARGO")).args(task).status()?.success())
}

fn matrix() -> Result<bool, Box<dyn Error>> {
    ring::default_provider().install_default().map_err(|_| "another TLS provider is installed")?;
    let adapters = adapters::all(Runtime::new()?);
    let reports = adapters.each_ref().map(|(_, kit)| kit.run());
    let [base, others @ ..] = &reports;
    let [(_, base_kit), other_adapters @ ..] = &adapters;

    print!("{:34} {:6}", "fault", "method");
    for (name, _) in &adapters {
        print!(" {name:28} {:>9} ", "bytes");
    }
    println!();
    for (row, cell) in base.cells().iter().enumerate() {
        print!("{:34} {:6}", cell.fault, cell.method.as_str());
        reports.iter().filter_map(|report| report.cells().get(row)).for_each(print_column);
        println!();
    }
    let mut violations = 0;
    for ((name, _), report) in adapters.iter().zip(&reports) {
        violations += broken_rules(name, report);
        println!("\n{name}: {}", report.summary());
        report.skipped().iter().for_each(|skipped| println!("{name}: {skipped}"));
    }
    for ((name, kit), report) in other_adapters.iter().zip(others) {
        // Where two events race, such as an alert and the end of the connection, only what comes twice is a difference.
        let again =
            |fault: &str| base_kit.run_named(&[fault]).differences(&kit.run_named(&[fault])).contains(fault);
        violations += differences::violations(name, base, report, again);
    }
    let cells: usize = reports.iter().map(|report| report.cells().len()).sum();
    println!("\n{cells} cells, {violations} violations");
    Ok(violations == 0)
}

fn print_column(cell: &Cell) {
    let mark = if cell.violation { "!" } else { "" };
    print!(" {:28} {:>9} ", format!("{}{mark}", cell.outcome), cell.bytes_read);
}

fn broken_rules(adapter: &str, report: &Report) -> usize {
    for failure in report.failures() {
        println!("\n{adapter}: {failure}");
    }
    report.failures().len()
}
