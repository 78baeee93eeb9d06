//! `cargo xtask conformance`.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use your_moms_tests::format::schema_file;
use your_moms_tests::{
    Case, Coverage, Failed, Program, ProgramError, Reply, Report, Tree, bless, check, coverage_page, ours,
};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the case of this name; else those whose name holds TEXT or that have it as a flag
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Print the names of the cases and run none
    #[arg(long)]
    list: bool,

    /// How the outcome is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Ask this program instead of our own implementation; tests/README.md has the protocol
    #[arg(long, value_name = "PROGRAM ARGS")]
    exec: Option<String>,

    /// Write what our implementation says into the cases that fail; refused where CI is set
    #[arg(long, conflicts_with_all = ["exec", "list", "table"])]
    bless: bool,

    /// Write what is generated, tests/COVERAGE.md and tests/golden/schema.json, and run nothing
    #[arg(long, conflicts_with_all = ["filter", "list"])]
    table: bool,

    /// The folder of the cases
    #[arg(long, value_name = "FOLDER", default_value_os_t = Tree::default_path())]
    cases: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    if options.bless && env::var_os("CI").is_some() {
        return Err("--bless is refused where CI is set: a person has to look at what changes".into());
    }
    let tree = Tree::read(&options.cases);
    if options.table {
        return write_table(options, &tree);
    }
    let cases = chosen(&tree, options.filter.as_deref());
    if options.list {
        for case in &cases {
            println!("{}", case.name);
        }
        return Ok(ExitCode::SUCCESS);
    }
    if cases.is_empty() && tree.unreadable.is_empty() {
        return Err("no case is chosen; --list shows their names".into());
    }
    let report = report(options, &tree, &cases)?;
    match options.format {
        Format::Text => println!("{report}"),
        Format::Json => println!("{}", serde_json::to_string_pretty(&report)?),
    }
    Ok(if report.passes() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(options: &Options, tree: &Tree, cases: &[&Case]) -> Result<Report, Box<dyn Error>> {
    let uncovered = if options.filter.is_none() { Coverage::of(tree).gaps() } else { Vec::new() };
    let mut report = Report::new(&tree.unreadable, uncovered);
    let mut program = options.exec.as_deref().map(Program::start).transpose()?;
    for case in cases {
        report.cases += 1;
        let reply = ask(program.as_mut(), case)?;
        let mut verdict = check(case, &reply);
        if options.bless && !verdict.differences.is_empty() {
            bless(case, &reply)?;
            eprintln!("rewritten: {}", case.file.display());
            verdict.differences.clear();
        }
        if !verdict.passes() {
            report.failed.push(Failed::new(case, verdict, repeat(options, case)));
        }
    }
    Ok(report)
}

fn ask(program: Option<&mut Program>, case: &Case) -> Result<Reply, ProgramError> {
    match program {
        Some(program) => program.ask(&case.question()),
        None => Ok(ours::reply(&case.question())),
    }
}

/// A whole name chooses that case alone, although it may begin another's.
fn chosen<'a>(tree: &'a Tree, filter: Option<&str>) -> Vec<&'a Case> {
    let Some(filter) = filter else { return tree.cases.iter().collect() };
    match tree.cases.iter().find(|case| case.name == filter) {
        Some(case) => vec![case],
        None => tree.cases.iter().filter(|case| case.is_chosen_by(filter)).collect(),
    }
}

/// The command that runs one case the same way, for a shell.
fn repeat(options: &Options, case: &Case) -> String {
    let cases = options.cases.to_string_lossy();
    let mut words = vec!["cargo", "xtask", "conformance", "--filter", &case.name];
    if options.cases != Tree::default_path() {
        words.extend(["--cases", &cases]);
    }
    if let Some(exec) = &options.exec {
        words.extend(["--exec", exec]);
    }
    // Only a zero byte cannot be quoted, and no argument can hold one.
    shlex::try_join(words).unwrap_or_default()
}

fn write_table(options: &Options, tree: &Tree) -> Result<ExitCode, Box<dyn Error>> {
    fs::write(options.cases.join("../COVERAGE.md"), coverage_page(&Coverage::of(tree)))?;
    fs::write(options.cases.join("schema.json"), schema_file())?;
    Ok(ExitCode::SUCCESS)
}
