//! What a run came to, for a person and for a program.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::{Case, Unreadable, Verdict};

/// The outcome of a run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many cases were run.
    pub cases: usize,
    /// Those that failed.
    pub failed: Vec<Failed>,
    /// Files that are no cases.
    pub unreadable: Vec<String>,
    /// Error kinds and sentences without a case; empty where only some cases were run.
    pub uncovered: Vec<String>,
}

/// A case that failed, with all that is needed to see why.
#[derive(Debug, Serialize)]
pub struct Failed {
    why: String,
    file: String,
    /// The command that runs this case alone.
    repeat: String,
    #[serde(flatten)]
    verdict: Verdict,
}

impl Failed {
    /// `repeat` is the command that runs this case alone.
    pub fn new(case: &Case, verdict: Verdict, repeat: String) -> Self {
        Self { why: case.content.why.clone(), file: case.file.display().to_string(), repeat, verdict }
    }
}

impl Report {
    /// Nothing run yet.
    pub fn new(unreadable: &[Unreadable], uncovered: Vec<String>) -> Self {
        let unreadable = unreadable.iter().map(|it| format!("{}: {}", it.file.display(), it.why));
        Self { cases: 0, failed: Vec::new(), unreadable: unreadable.collect(), uncovered }
    }

    /// Whether there is nothing to complain of.
    pub fn passes(&self) -> bool {
        self.failed.is_empty() && self.unreadable.is_empty() && self.uncovered.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for failed in &self.failed {
            writeln!(f, "{failed}")?;
        }
        for unreadable in &self.unreadable {
            writeln!(f, "cannot be read: {unreadable}")?;
        }
        for uncovered in &self.uncovered {
            writeln!(f, "not covered: {uncovered}")?;
        }
        let (failed, problems) = (self.failed.len(), self.unreadable.len() + self.uncovered.len());
        write!(f, "{} cases, {failed} failed", self.cases)?;
        if problems == 0 { Ok(()) } else { write!(f, "; {problems} other problems") }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.verdict.case)?;
        writeln!(f, "  why:    {}", self.why)?;
        writeln!(f, "  file:   {}", self.file)?;
        for difference in &self.verdict.differences {
            let shown =
                |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
            let pointer = if difference.pointer.is_empty() { "(the whole)" } else { &difference.pointer };
            writeln!(f, "  {pointer}")?;
            writeln!(f, "    expected {}", shown(&difference.expected))?;
            writeln!(f, "    actual   {}", shown(&difference.actual))?;
        }
        for leak in &self.verdict.leaks {
            writeln!(f, "  `{}` must never be printed, and is in: {}", leak.sentinel, leak.print)?;
        }
        writeln!(f, "  repeat: {}", self.repeat)
    }
}
