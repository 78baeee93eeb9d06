//! One target's program, and what it prints.

use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::emptied;
use super::outcome::{Crash, Outcome};
use super::targets::Target;

/// The longest that an execution may take, in seconds. The costliest takes a tenth of one, on a busy machine.
const TIME_LIMIT: u32 = 20;
/// The most memory, in MiB.
const MEMORY_LIMIT: u32 = 2048;
/// How many of the last lines tell what a crash was.
const LAST_LINES: usize = 60;

pub(super) enum Length {
    Executions(u64),
    Time(Duration),
}

pub(super) struct Run<'a> {
    pub(super) target: &'a Target,
    pub(super) programs: &'a Path,
    pub(super) folder: &'a Path,
    pub(super) words: &'a Path,
    pub(super) length: Length,
}

impl Run<'_> {
    pub(super) fn make(&self) -> Result<Outcome, Box<dyn Error>> {
        let name = self.target.name;
        let [corpus, found, seeds] =
            ["corpus", "found", "seeds"].map(|folder| self.folder.join(folder).join(name));
        fs::create_dir_all(&found)?;
        let mut command = Command::new(self.programs.join(name));
        match self.length {
            // The same inputs in every run.
            Length::Executions(executions) => {
                emptied(&corpus)?;
                command.args([format!("-runs={executions}"), "-seed=1".to_owned()]);
            }
            Length::Time(time) => {
                fs::create_dir_all(&corpus)?;
                command.arg(format!("-max_total_time={}", time.as_secs().max(1)));
            }
        }
        let began = Instant::now();
        let mut child = command
            .arg(format!("-max_len={}", self.target.longest))
            .args([format!("-timeout={TIME_LIMIT}"), format!("-rss_limit_mb={MEMORY_LIMIT}")])
            .arg(format!("-artifact_prefix={}/", found.display()))
            .arg(format!("-dict={}", self.words.display()))
            .arg("-print_final_stats=1")
            .args([&corpus, &seeds])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut outcome = Outcome::new(name);
        let mut last = Vec::new();
        if let Some(stderr) = child.stderr.take() {
            for line in BufReader::new(stderr).split(b'\n') {
                let line = String::from_utf8_lossy(&line?).into_owned();
                outcome.read(&line);
                last.push(line);
                if last.len() > LAST_LINES {
                    last.remove(0);
                }
            }
        }
        let status = child.wait()?;
        outcome.took = began.elapsed();
        if !status.success() {
            outcome.crash = Some(Crash::of(&last));
        }
        Ok(outcome)
    }
}
