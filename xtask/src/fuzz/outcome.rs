//! What came of one run, read from what libFuzzer prints.

use std::fmt;
use std::time::Duration;

pub(super) struct Outcome {
    pub(super) target: &'static str,
    pub(super) executions: u64,
    /// The places of the code that the seeds reach, and those that were reached in the end.
    coverage: (u64, u64),
    pub(super) took: Duration,
    pub(super) crash: Option<Crash>,
}

/// An input that broke a promise, and what the program said.
pub(super) struct Crash {
    input: Option<String>,
    said: Vec<String>,
}

impl Outcome {
    pub(super) fn new(target: &'static str) -> Self {
        Self { target, executions: 0, coverage: (0, 0), took: Duration::ZERO, crash: None }
    }

    /// Takes in a line: `#41 INITED cov: 210 ft: 300 …`, `stat::number_of_executed_units: 100000`.
    pub(super) fn read(&mut self, line: &str) {
        if let Some(executions) = line.strip_prefix("stat::number_of_executed_units:") {
            self.executions = executions.trim().parse().unwrap_or_default();
        }
        let Some((before, after)) = line.split_once(" cov: ") else { return };
        let reached = after.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default();
        if before.contains("INITED") {
            self.coverage.0 = reached;
        }
        self.coverage.1 = reached;
    }
}

impl Crash {
    pub(super) fn of(last: &[String]) -> Self {
        let input = last.iter().find_map(|line| line.split_once("Test unit written to "));
        let began = last
            .iter()
            .rposition(|line| line.contains("panicked at") || line.starts_with("=="))
            .unwrap_or_default();
        let first = last.iter().position(|line| line.contains("panicked at")).unwrap_or(began);
        let said = last.iter().skip(first).take(4).cloned().collect();
        Self { input: input.map(|(_, path)| path.trim().to_owned()), said }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.coverage;
        let crashes = u32::from(self.crash.is_some());
        let new = after.saturating_sub(before);
        write!(
            f,
            "{:<13}{:>9} executions in {:>3} s, {after} places reached, {new} of them beyond the seeds, {crashes} crashes",
            self.target,
            self.executions,
            self.took.as_secs()
        )?;
        let Some(crash) = &self.crash else { return Ok(()) };
        for line in &crash.said {
            write!(f, "\n    {line}")?;
        }
        let Some(input) = &crash.input else { return Ok(()) };
        write!(
            f,
            "\n    input: {input}\n    again: cargo xtask fuzz --target {} --input {input}",
            self.target
        )
    }
}
