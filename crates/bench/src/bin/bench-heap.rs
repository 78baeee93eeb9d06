//! Prints what one run of a case takes from the heap: allocations (reallocations included), bytes, and the peak.

use std::alloc::System;
use std::error::Error;

use heapster::Heapster;

#[global_allocator]
static HEAP: Heapster<System> = Heapster::new(System);

fn main() -> Result<(), Box<dyn Error>> {
    let (mut run, _) = your_moms_bench::from_arguments()?;
    // What is allocated once a process is no cost of a run.
    let warm = run();
    HEAP.reset();
    let before = HEAP.use_curr();
    let done = run();
    let peak = HEAP.use_max().saturating_sub(before);
    let stats = HEAP.stats();
    if !(warm && done) {
        return Err("a run failed".into());
    }
    let allocations = stats.alloc_count + stats.realloc_growth_count + stats.realloc_shrink_count;
    println!("{allocations} {} {peak}", stats.alloc_sum + stats.realloc_growth_sum);
    Ok(())
}
