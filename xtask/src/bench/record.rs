//! The best figures so far, in a file of the repository. They only go down.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::figures::Figures;

/// How far above the record a figure may be, in percent.
const TOLERANCE: u32 = 2;

/// The record, and what it was measured with: another compiler makes other code.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Record {
    measured_with: String,
    best: BTreeMap<String, Figures>,
    /// Instructions as fractions of a peer's.
    #[serde(default)]
    ratios: BTreeMap<String, f64>,
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/bench/record.json")
}

impl Record {
    /// The record of the repository, empty where there is none.
    pub(super) fn read() -> Result<Self, Box<dyn Error>> {
        if !path().exists() {
            return Ok(Self::default());
        }
        Ok(serde_json::from_str(&fs::read_to_string(path())?)?)
    }

    pub(super) fn of(&self, row: &str) -> Option<Figures> {
        self.best.get(row).copied()
    }

    /// The names of the figures that are above the record, with both.
    pub(super) fn above(&self, row: &str, figures: Figures) -> Vec<String> {
        let Some(best) = self.of(row) else { return vec![format!("{row}: there is no record")] };
        let is_above =
            |now: u64, best: u64| now.saturating_mul(100) > best.saturating_mul(u64::from(100 + TOLERANCE));
        let all = figures.beside(best).into_iter().filter(|(_, now, best)| is_above(*now, *best));
        all.map(|(name, now, best)| format!("{row}: {now} {name}, the record is {best}")).collect()
    }

    /// The same of a ratio.
    pub(super) fn above_ratio(&self, row: &str, ratio: f64) -> Option<String> {
        let Some(best) = self.ratio_of(row) else { return Some(format!("{row}: there is no record")) };
        let is_above = ratio * 100.0 > best * f64::from(100 + TOLERANCE);
        is_above.then(|| format!("{row}: {ratio:.3} of the peer's instructions, the record is {best:.3}"))
    }

    pub(super) fn ratio_of(&self, row: &str) -> Option<f64> {
        self.ratios.get(row).copied()
    }

    /// Keeps a ratio, to three digits, if it is lower.
    pub(super) fn lower_ratio(&mut self, row: &str, ratio: f64) {
        let ratio = (ratio * 1000.0).round() / 1000.0;
        let best = self.ratio_of(row).map_or(ratio, |best| best.min(ratio));
        self.ratios.insert(row.to_owned(), best);
    }

    /// Keeps what is lower.
    pub(super) fn lower(&mut self, row: &str, figures: Figures) {
        let best = self.of(row).map_or(figures, |best| best.lower(figures));
        self.best.insert(row.to_owned(), best);
    }

    pub(super) fn write(&mut self) -> Result<(), Box<dyn Error>> {
        self.measured_with = tools()?;
        Ok(fs::write(path(), serde_json::to_string_pretty(self)? + "\n")?)
    }

    /// What to say if it was measured with other tools than are here.
    pub(super) fn other_tools(&self) -> Result<Option<String>, Box<dyn Error>> {
        let (here, there) = (tools()?, &self.measured_with);
        let differs = !there.is_empty() && *there != here;
        Ok(differs.then(|| format!("the record was measured with {there}; here is {here}")))
    }
}

/// The compiler, valgrind and the architecture.
pub(super) fn tools() -> Result<String, Box<dyn Error>> {
    let version = |program: &str| -> Result<String, Box<dyn Error>> {
        let said = String::from_utf8(Command::new(program).arg("--version").output()?.stdout)?;
        let without_commit = said.split(" (").next().unwrap_or_default();
        Ok(without_commit.trim().to_owned())
    };
    Ok(format!("{}, {}, {}", version("rustc")?, version("valgrind")?, std::env::consts::ARCH))
}
