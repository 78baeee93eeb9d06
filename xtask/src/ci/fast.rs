//! What every change has to pass.

use std::error::Error;

use super::check::{Check, task};
use super::{deny, dependencies, features, promises, public_api};
use crate::cargo::cargo;
use crate::tools;

pub(super) const CHECKS: &[Check] = &[
    Check { name: "formatting", fix: "run `cargo fmt --all`", run: formatting },
    Check { name: "lints", fix: "do what clippy says, or `#[expect]` the lint with the reason", run: lints },
    Check {
        name: "documentation",
        fix: "correct the link or the comment that rustdoc names",
        run: documentation,
    },
    Check {
        name: "traces",
        fix: "a trace must say the same and no more: see crates/core/tests/tracing.rs",
        run: traces,
    },
    Check { name: "wasm32", fix: "what needs threads, a clock or a socket has no place there", run: wasm32 },
    Check {
        name: "without-tls",
        fix: "an adapter must say `NoTls`, and must not turn TLS on",
        run: without_tls,
    },
    Check {
        name: "dependencies",
        fix: "see the invariants in docs/ARCHITECTURE.md",
        run: dependencies::check,
    },
    Check { name: "public-api", fix: "hide the type behind one of core's own", run: public_api::check },
    Check {
        name: "deny",
        fix: "take another crate, or allow it in deny.toml with the reason",
        run: deny::check,
    },
    Check { name: "promises", fix: "name the test as it is called now in SECURITY.md", run: promises::check },
    Check { name: "conformance", fix: "see tests/README.md", run: || task(&[], &["conformance"]) },
    Check {
        name: "exactly-once",
        fix: "run the printed case alone: `cargo xtask exactly-once --help`",
        run: || task(&[], &["exactly-once"]),
    },
    Check {
        name: "kills",
        fix: "run it again with the printed seed: `cargo xtask kills --help`",
        run: || task(&[], &["kills"]),
    },
    Check {
        name: "cost",
        fix: "see docs/PERFORMANCE.md; what is cheaper by design goes into the record by `cargo xtask bench --record`",
        run: || task(&[("valgrind", "valgrind")], &["bench", "--check"]),
    },
];

fn formatting() -> Result<(), Box<dyn Error>> {
    tools::subcommand("fmt", "rustfmt")?;
    cargo(&["fmt", "--all", "--check"], &[])?;
    // A workspace of its own.
    cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"], &[])
}

fn lints() -> Result<(), Box<dyn Error>> {
    tools::subcommand("clippy", "clippy")?;
    for set in features::sets()? {
        let mut arguments = vec!["clippy", "--quiet", "--all-targets"];
        arguments.extend(set.iter().map(String::as_str));
        arguments.extend(["--", "-D", "warnings"]);
        cargo(&arguments, &[])?;
    }
    Ok(())
}

fn documentation() -> Result<(), Box<dyn Error>> {
    cargo(&["doc", "--quiet", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])
}

fn traces() -> Result<(), Box<dyn Error>> {
    cargo(
        &["test", "--quiet", "--package", "your-moms-core", "--features", "tracing", "--test", "tracing"],
        &[],
    )
}

fn wasm32() -> Result<(), Box<dyn Error>> {
    const PLATFORM: &str = "wasm32-unknown-unknown";
    tools::target(PLATFORM)?;
    // Where random bytes come from in a browser is the program's choice, which the adapter leaves to it.
    let flags = ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg getrandom_backend=\"custom\"");
    for package in ["your-moms-core", "your-moms-example-wasm", "your-moms-ureq"] {
        let arguments = ["check", "--quiet", "--package", package, "--target", PLATFORM];
        cargo(&arguments, &[flags])?;
    }
    Ok(())
}

fn without_tls() -> Result<(), Box<dyn Error>> {
    cargo(&["run", "--quiet", "--package", "your-moms-without-tls"], &[])
}
