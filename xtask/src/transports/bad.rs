//! `cargo xtask transports --bad NAME`: what the kit says of a transport that is bad on purpose.

use std::error::Error;

use tokio::runtime::Runtime;
use your_moms_transport_testkit::Kit;

/// Those of the kit's own tests.
#[path = "kit/tests/bad/mod.rs"]
mod flaws;

use flaws::Flaw;

/// Every name that there is.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    Flaw::all().map(Flaw::name)
}

/// Prints each broken rule. How many there are.
pub(super) fn run(name: &str) -> Result<usize, Box<dyn Error>> {
    let flaw = Flaw::all().find(|flaw| flaw.name() == name).ok_or("no such flaw")?;
    let runtime = Runtime::new()?;
    let make = move |settings: &_| flaws::transport(flaw, settings);
    let report = Kit::asynchronous(move |future| runtime.block_on(future), make).run();
    print!("{report}");
    println!("\nthe checks that are about this flaw: {}", flaw.checks().join(", "));
    println!("{} cells, {} violations", report.cells().len(), report.failures().len());
    Ok(report.failures().len())
}
