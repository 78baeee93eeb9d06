//! Prints how many nanoseconds the fastest of as many runs of a case takes, after a first one.

use std::error::Error;
use std::process;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut run, times) = your_moms_bench::from_arguments()?;
    let mut done = run();
    let mut fastest = Duration::MAX;
    for _ in 0..times {
        let start = Instant::now();
        done &= run();
        fastest = fastest.min(start.elapsed());
    }
    if !done {
        return Err("a run failed".into());
    }
    println!("{}", fastest.as_nanos());
    // Inputs that are left over are not dropped.
    process::exit(0)
}
