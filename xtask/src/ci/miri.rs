//! Miri, which finds undefined behaviour, on the tests of core that stand beside the code: they read others' bytes. Core has no
//! `unsafe`; what it calls has. The others would take hours: Miri is a hundred times slower than the machine.

use std::error::Error;

use crate::cargo::show;
use crate::tools::{self, NIGHTLY};

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let mut miri = tools::toolchain(NIGHTLY)?;
    tools::component("miri", Some(NIGHTLY))?;
    tools::component("rust-src", Some(NIGHTLY))?;
    miri.args(["miri", "test", "--quiet", "--package", "your-moms-core", "--lib"]);
    // Property tests read their settings from the environment; few cases, and no file of earlier failures.
    miri.env("MIRIFLAGS", "-Zmiri-disable-isolation").env("PROPTEST_CASES", "4");
    show(&mut miri)
}
