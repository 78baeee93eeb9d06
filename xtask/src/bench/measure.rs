//! What one run of a case takes.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::{callgrind, profile, report, strace};

/// The figures of a case, the drop of what it makes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) instructions: u64,
    /// Reallocations included.
    pub(super) allocations: u64,
    pub(super) bytes: u64,
    /// The most that is held at once, beyond what was there before.
    pub(super) peak: u64,
}

impl Figures {
    /// Each with its name, and the same of `other`.
    pub(super) fn beside(self, other: Self) -> [(&'static str, u64, u64); 4] {
        [
            ("instructions", self.instructions, other.instructions),
            ("allocations", self.allocations, other.allocations),
            ("bytes", self.bytes, other.bytes),
            ("peak", self.peak, other.peak),
        ]
    }

    /// The lower of each.
    pub(super) fn lower(self, other: Self) -> Self {
        Self {
            instructions: self.instructions.min(other.instructions),
            allocations: self.allocations.min(other.allocations),
            bytes: self.bytes.min(other.bytes),
            peak: self.peak.min(other.peak),
        }
    }
}

/// The two programs: instructions are counted without the allocator that counts.
pub(super) struct Programs {
    instructions: PathBuf,
    heap: PathBuf,
}

impl Programs {
    pub(super) fn build() -> Result<Self, Box<dyn Error>> {
        let binary = |name| callgrind::binary("your-moms-bench", name);
        Ok(Self { instructions: binary("bench-instructions")?, heap: binary("bench-heap")? })
    }

    /// Where a case spends its instructions.
    pub(super) fn profile(&self, case: &str) -> Result<Vec<String>, Box<dyn Error>> {
        profile::take(&self.instructions, case)
    }

    /// The system calls of a case, as [`measure`](Self::measure) counts instructions.
    pub(super) fn system_calls(&self, case: &str, size: usize, times: u64) -> Result<f64, Box<dyn Error>> {
        let size = size.to_string();
        let count = |times: u64| strace::system_calls(&self.instructions, &[case, &size, &times.to_string()]);
        Ok(report::ratio(count(1 + times)?.saturating_sub(count(1)?), times))
    }

    /// Measures a case with an input of this size. The instructions are the mean of `times` runs after the first.
    pub(super) fn measure(&self, case: &str, size: usize, times: u64) -> Result<Figures, Box<dyn Error>> {
        let size = size.to_string();
        let count =
            |times: u64| callgrind::instructions(&self.instructions, &[case, &size, &times.to_string()], "");
        let instructions = count(1 + times)?.saturating_sub(count(1)?) / times;
        let output = Command::new(&self.heap).args([case, &size, "1"]).output()?;
        if !output.status.success() {
            return Err(format!("{case}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        let printed = String::from_utf8(output.stdout)?;
        let numbers: Result<Vec<u64>, _> = printed.split_whitespace().map(str::parse).collect();
        match numbers?.as_slice() {
            [allocations, bytes, peak] => {
                Ok(Figures { instructions, allocations: *allocations, bytes: *bytes, peak: *peak })
            }
            _ => Err(format!("{case}: three numbers were expected, not {printed:?}").into()),
        }
    }
}
