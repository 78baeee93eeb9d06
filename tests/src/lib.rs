//! Golden files: what each request, response, redirect, document, conversation and stored form must come to, as data.
//!
//! A case is one JSON file under `tests/golden`; [`mod@format`] describes the files. This crate reads them
//! ([`Tree`]), puts each to an implementation, compares what comes back ([`check`]) and says which error kinds and which
//! documented sentences no case covers ([`Coverage`]).
//!
//! The implementation is this workspace's core ([`ours`]) or any program that speaks JSON Lines ([`Program`]). It is a
//! library because two callers need the same runner: `cargo xtask conformance`, and `cargo test`, in which each case is a
//! test of its own. The binary beside it is our own implementation as such a program.
//!
//! ```
//! use your_moms_tests::{Tree, check, ours};
//!
//! let tree = Tree::read(&Tree::default_path());
//! let case = tree.cases.iter().find(|case| case.name == "callback/meta-fragment").ok_or("no such case")?;
//! assert!(check(case, &ours::reply(&case.question())).passes());
//! # Ok::<(), &str>(())
//! ```

mod bless;
mod case;
mod check;
mod coverage;
mod difference;
mod finder;
pub mod format;
mod operations;
pub mod ours;
mod program;
mod protocol;
mod report;
mod schema;
mod table;
mod tree;

pub use bless::bless;
pub use case::{Case, Group};
pub use check::{Leak, Verdict, check};
pub use coverage::{Coverage, SENTENCE, required_kinds};
pub use difference::{Difference, differences};
pub use finder::Finder;
pub use program::{Program, ProgramError};
pub use protocol::{Question, Reply, serve};
pub use report::{Failed, Report};
pub use table::coverage_page;
pub use tree::{Tree, Unreadable};

/// Compiles and runs the examples of the README and of each page of the documentation.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Readme;

    #[doc = include_str!("../../docs/ARCHITECTURE.md")]
    struct Architecture;

    #[doc = include_str!("../../docs/BRING_YOUR_OWN_TRANSPORT.md")]
    struct BringYourOwnTransport;

    #[doc = include_str!("../../docs/OPEN_CONNECTORS.md")]
    struct OpenConnectors;

    #[doc = include_str!("../../docs/PERFORMANCE.md")]
    struct Performance;

    #[doc = include_str!("../../docs/SANDBOX.md")]
    struct Sandbox;

    #[doc = include_str!("../../docs/SECURITY_TESTING.md")]
    struct SecurityTesting;

    #[doc = include_str!("../../docs/TROUBLESHOOTING.md")]
    struct Troubleshooting;
}
