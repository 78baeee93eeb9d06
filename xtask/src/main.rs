//! Tasks of this workspace: `cargo xtask TASK`.

mod transports;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some("transports") {
        return transports::run();
    }
    eprintln!("usage: cargo xtask transports");
    ExitCode::from(2)
}
