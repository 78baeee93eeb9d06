//! What all runs come to: a table by fault and phase, each violation, and one line that counts them.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use your_moms_sandbox::Moment;

use super::cases::Case;
use super::common::Failed;
use super::verdict::{Observed, Told, Violation};

#[derive(Debug, Default)]
pub(crate) struct Report {
    /// By fault.
    rows: BTreeMap<String, Row>,
    /// Violations, and runs that showed nothing, in the order of the runs.
    lines: Vec<String>,
    violations: [usize; 4],
    runs: usize,
    /// Runs that could not be made, or in which what should go wrong did not.
    unfit: usize,
    waited: Duration,
}

/// All runs with one fault.
#[derive(Debug, Default)]
struct Row {
    /// Runs before, while and after the platform's work.
    phases: [usize; 3],
    /// Creations: with an instance at once, with one later, not made, may exist, not found.
    outcomes: [usize; 5],
    violations: usize,
}

impl Report {
    pub(crate) fn add(&mut self, case: &Case, observed: &Observed, violations: &[Violation]) {
        for violation in violations {
            self.lines.push(format!("{}: {case}", violation.name()));
        }
        for missing in &observed.missing {
            self.lines.push(format!("unfit: {case}: the journal shows no {missing}"));
        }
        for (kind, count) in Violation::ALL.iter().zip(&mut self.violations) {
            *count += violations.iter().filter(|violation| *violation == kind).count();
        }
        self.runs += 1;
        self.unfit += usize::from(!observed.missing.is_empty());
        self.waited += observed.waited;
        let row = self.rows.entry(case.mishap.name.clone()).or_default();
        row.violations += violations.len();
        let [before, during, after] = &mut row.phases;
        *match case.mishap.moment {
            Moment::Before => before,
            Moment::While => during,
            Moment::After => after,
        } += 1;
        let [at_once, later, not_made, may_exist, not_found] = &mut row.outcomes;
        for creation in &observed.creations {
            match creation.outcome() {
                Some(Told::Instance { .. }) if creation.is_had_at_once() => *at_once += 1,
                Some(Told::Instance { .. }) => *later += 1,
                Some(Told::NotMade) => *not_made += 1,
                Some(Told::MayExist | Told::Unclear) => *may_exist += 1,
                Some(Told::NotFound { .. }) | None => *not_found += 1,
            }
        }
    }

    /// A run that could not be made.
    pub(crate) fn fail(&mut self, case: &Case, error: &Failed) {
        self.lines.push(format!("unfit: {case}: {error}"));
        self.unfit += 1;
    }

    pub(crate) fn passes(&self) -> bool {
        self.unfit == 0 && self.violations == [0; 4]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:34} {:>7} {:>7} {:>7}   {:>8} {:>6} {:>8} {:>9} {:>9}  {:>10}",
            "fault",
            "before",
            "while",
            "after",
            "instance",
            "later",
            "not made",
            "may exist",
            "not found",
            "violations"
        )?;
        for (fault, row) in &self.rows {
            let Row { phases: [before, during, after], outcomes, violations } = row;
            let [at_once, later, not_made, may_exist, not_found] = outcomes;
            writeln!(
                f,
                "{fault:34} {before:>7} {during:>7} {after:>7}   {at_once:>8} {later:>6} {not_made:>8} {may_exist:>9} {not_found:>9}  {violations:>10}"
            )?;
        }
        writeln!(f)?;
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        if self.unfit > 0 {
            writeln!(f, "{} runs showed nothing, because what should go wrong did not", self.unfit)?;
        }
        writeln!(f, "{} seconds of waiting, none of them real", self.waited.as_secs())?;
        let [duplicates, lost, mixed_up, wrongly_reported] = self.violations;
        write!(
            f,
            "{} runs, {duplicates} duplicates, {lost} lost, {mixed_up} mixed up, {wrongly_reported} wrongly reported",
            self.runs
        )
    }
}

impl Violation {
    const ALL: [Self; 4] = [Self::Duplicate, Self::Lost, Self::MixedUp, Self::WronglyReported];

    fn name(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Lost => "lost",
            Self::MixedUp => "mixed up",
            Self::WronglyReported => "wrongly reported",
        }
    }
}
