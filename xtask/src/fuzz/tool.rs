//! `cargo-fuzz`, and where its programs are.

use std::env;
use std::error::Error;
use std::process::Command;

use crate::tools;

/// `cargo fuzz`. The compiler is the stable one, which takes unstable options when told so.
pub(super) fn cargo_fuzz() -> Result<Command, Box<dyn Error>> {
    let mut command = tools::python_tool("cargo-fuzz")?;
    command.env("RUSTC_BOOTSTRAP", "1");
    // Set by the cargo that runs this program, for the main workspace.
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
    Ok(command)
}

/// The platform that the targets are built for, which names their folder.
pub(super) fn host() -> Result<String, Box<dyn Error>> {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV").output()?;
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc names no host")?.to_owned())
}
