//! The tools that checks need: those of Rust and Python in pinned versions, below `target/tools`. What cannot be had is a
//! [`NotRun`], which says why.

mod cargo_install;
mod programs;
mod python;
mod rustup;

use std::error::Error;
use std::fmt;

pub(crate) use cargo_install::cargo_tool;
pub(crate) use programs::programs;
pub(crate) use python::python_tool;
pub(crate) use rustup::{MSRV, NIGHTLY, component, target, toolchain};

/// A check could not be run, because something that it needs is missing.
#[derive(Debug)]
pub(crate) struct NotRun {
    what: String,
    why: String,
}

impl NotRun {
    pub(crate) fn new(what: &str, why: impl fmt::Display) -> Self {
        Self { what: what.to_owned(), why: why.to_string() }
    }
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

impl Error for NotRun {}
