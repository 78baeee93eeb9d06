//! Runs cargo.

use std::env;
use std::error::Error;
use std::process::{Command, Stdio};

/// Cargo, as it runs this program.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    // What `cargo run` says of this package: ring's build script asks for it, and would be run again, with all that uses ring.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs cargo, showing what it prints.
pub(crate) fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    show(command(arguments).envs(variables.iter().copied()))
}

/// What cargo prints.
pub(crate) fn output(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    read(&mut command(arguments))
}

/// Runs any program, showing its command line and what it prints.
pub(crate) fn show(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let shown = line(command);
    println!("$ {shown}");
    let status = command.status().map_err(|error| format!("`{shown}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed").into()) }
}

/// What any program prints.
pub(crate) fn read(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let shown = line(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("`{shown}`: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{shown}` failed").into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The command as it would be typed, without the folder of the program.
fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}
