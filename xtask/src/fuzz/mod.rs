//! `cargo xtask fuzz`: any input, against what `docs/SECURITY_TESTING.md` promises.

mod outcome;
mod record;
mod run;
mod seeds;
mod targets;
mod tool;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use outcome::Outcome;
use run::{Length, Run};
use targets::{TARGETS, Target};

/// The executions of a smoke run, in all.
const SMOKE: u64 = 1_000_000;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// A million executions, the same in every run
    #[arg(long, required_unless_present_any = ["long", "input"])]
    smoke: bool,

    /// Hours of new inputs; adds the totals to `docs/SECURITY_TESTING.md`
    #[arg(long, conflicts_with = "smoke")]
    long: bool,

    /// Run one input again
    #[arg(long, value_name = "FILE", requires = "target", conflicts_with_all = ["smoke", "long"])]
    input: Option<PathBuf>,

    /// How long `--long` runs
    #[arg(long, value_name = "H", requires = "long", default_value_t = 8.0)]
    hours: f64,

    /// Only this target
    #[arg(long, value_name = "NAME", value_parser = TARGETS.map(|target| target.name))]
    target: Option<String>,

    /// Look for misuse of memory too; several times slower
    #[arg(long)]
    address_sanitizer: bool,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the workspace has no folder")?;
    let folder = root.join("target/fuzz");
    let programs = build(root, &folder, options.address_sanitizer)?;
    if let (Some(input), Some(target)) = (&options.input, &options.target) {
        let status = Command::new(programs.join(target)).arg(input).status()?;
        return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let words = root.join("fuzz/words.dict");
    seeds::write(&root.join("tests/golden"), &folder.join("seeds"))?;
    let chosen = |target: &&Target| options.target.as_deref().is_none_or(|name| target.name == name);
    let chosen: Vec<&Target> = TARGETS.iter().filter(chosen).collect();
    let length = |target: &Target| {
        if options.long { hours(options.hours, chosen.len()) } else { share(target, &chosen) }
    };
    let runs = chosen.iter().map(|target| Run {
        target,
        programs: &programs,
        folder: &folder,
        words: &words,
        length: length(target),
    });
    let outcomes = all(runs.collect())?;

    let executions = outcomes.iter().map(|outcome| outcome.executions).sum::<u64>();
    let crashes = outcomes.iter().filter(|outcome| outcome.crash.is_some()).count();
    println!("{executions} executions, {crashes} crashes");
    if options.long {
        record::add(&root.join("docs/SECURITY_TESTING.md"), &outcomes)?;
    }
    Ok(if crashes == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compiles the targets, with counters that tell the fuzzer what an input reaches. Returns the folder of the programs.
fn build(root: &Path, folder: &Path, address_sanitizer: bool) -> Result<PathBuf, Box<dyn Error>> {
    let sanitizer = if address_sanitizer { "address" } else { "none" };
    let folder = folder.join(sanitizer);
    let status = tool::cargo_fuzz()?
        .args(["build", "--sanitizer", sanitizer, "--fuzz-dir"])
        .arg(root.join("fuzz"))
        .arg("--target-dir")
        .arg(&folder)
        .status()?;
    if !status.success() {
        return Err("the fuzz targets do not build; libFuzzer needs a C++ compiler (package g++)".into());
    }
    Ok(folder.join(tool::host()?).join("release"))
}

/// A target's part of a million executions, or all of them if it is the only one.
fn share(target: &Target, chosen: &[&Target]) -> Length {
    let all = chosen.iter().map(|target| target.share).sum::<u64>().max(1);
    // Rounded up, so that the sum is not less.
    Length::Executions((SMOKE * target.share).div_ceil(all))
}

/// Each target gets as much time, with as many at once as there are processors.
fn hours(hours: f64, targets: usize) -> Length {
    let at_once = workers().min(targets).max(1);
    let targets = u32::try_from(targets).unwrap_or(1).max(1);
    let at_once = u32::try_from(at_once).unwrap_or(1);
    Length::Time(Duration::from_secs_f64(hours.max(0.0) * 3600.0) * at_once / targets)
}

fn workers() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Makes the runs, as many at once as there are processors, and prints a line for each.
fn all(runs: Vec<Run<'_>>) -> Result<Vec<Outcome>, Box<dyn Error>> {
    let waiting = Mutex::new(runs.into_iter());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || -> Result<Vec<Outcome>, String> {
        let mut outcomes = Vec::new();
        while let Some(run) = next() {
            let outcome = run.make().map_err(|error| format!("{}: {error}", run.target.name))?;
            println!("{outcome}");
            outcomes.push(outcome);
        }
        Ok(outcomes)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers()).map(|_| scope.spawn(work)).collect();
        let mut outcomes = Vec::new();
        for worker in workers {
            outcomes.extend(worker.join().map_err(|_| "a run has ended in the middle")??);
        }
        Ok(outcomes)
    })
}

/// An empty folder.
fn emptied(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}
