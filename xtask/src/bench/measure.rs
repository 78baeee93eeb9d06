//! What one run of a case takes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::figures::{Figures, ratio};
use super::{callgrind, profile, strace};

/// The programs: instructions are counted, and time is taken, without the allocator that counts.
pub(super) struct Programs {
    instructions: PathBuf,
    heap: PathBuf,
    time: PathBuf,
}

impl Programs {
    pub(super) fn build() -> Result<Self, Box<dyn Error>> {
        let binary = |name| callgrind::binary("your-moms-bench", name);
        Ok(Self {
            instructions: binary("bench-instructions")?,
            heap: binary("bench-heap")?,
            time: binary("bench-time")?,
        })
    }

    /// A file that the programs find beside them.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.instructions.with_file_name(name)
    }

    /// Where a case spends its instructions.
    pub(super) fn profile(&self, case: &str, size: usize) -> Result<Vec<String>, Box<dyn Error>> {
        profile::take(&self.instructions, case, size)
    }

    /// The instructions of a case with an input of this size: the mean of `times` runs after the first.
    pub(super) fn instructions(&self, case: &str, size: usize, times: u64) -> Result<u64, Box<dyn Error>> {
        let size = size.to_string();
        let count =
            |times: u64| callgrind::instructions(&self.instructions, &[case, &size, &times.to_string()], "");
        Ok(count(1 + times)?.saturating_sub(count(1)?) / times)
    }

    /// The system calls of a case, counted in the same way.
    pub(super) fn system_calls(&self, case: &str, size: usize, times: u64) -> Result<f64, Box<dyn Error>> {
        let size = size.to_string();
        let count = |times: u64| strace::system_calls(&self.instructions, &[case, &size, &times.to_string()]);
        Ok(ratio(count(1 + times)?.saturating_sub(count(1)?), times))
    }

    /// The nanoseconds of the fastest of `times` runs after the first.
    pub(super) fn time(&self, case: &str, size: usize, times: u64) -> Result<u64, Box<dyn Error>> {
        match *numbers(&self.time, case, size, times)? {
            [nanoseconds] => Ok(nanoseconds),
            _ => Err(format!("{case}: one number was expected").into()),
        }
    }

    /// Measures a case with an input of this size, its instructions as [`instructions`](Self::instructions) does.
    pub(super) fn measure(&self, case: &str, size: usize, times: u64) -> Result<Figures, Box<dyn Error>> {
        let instructions = self.instructions(case, size, times)?;
        match *numbers(&self.heap, case, size, 1)? {
            [allocations, bytes, peak] => Ok(Figures { instructions, allocations, bytes, peak }),
            _ => Err(format!("{case}: three numbers were expected").into()),
        }
    }
}

/// The numbers that a program prints.
fn numbers(program: &Path, case: &str, size: usize, times: u64) -> Result<Vec<u64>, Box<dyn Error>> {
    let output = Command::new(program).args([case, &size.to_string(), &times.to_string()]).output()?;
    if !output.status.success() {
        return Err(format!("{case}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let printed = String::from_utf8(output.stdout)?;
    Ok(printed.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
}
