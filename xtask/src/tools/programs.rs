//! Programs that the system's package manager has, and that nothing here installs.

use std::process::{Command, Stdio};

use super::NotRun;

/// Whether these programs are there; the first that is not is named.
pub(crate) fn programs(names: &[&str]) -> Result<(), NotRun> {
    names.iter().try_for_each(|name| {
        let found = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        match found {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(NotRun::new(name, format!("`{name} --version` ends with {status}"))),
            Err(error) => Err(NotRun::new(name, format!("{error}; the system's package manager has it"))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_missing_is_named() {
        assert!(programs(&["cargo", "rustc"]).is_ok());
        let missing = programs(&["cargo", "no-such-program", "none-either"]).unwrap_err().to_string();
        assert!(missing.starts_with("no-such-program: "), "{missing}");
    }
}
