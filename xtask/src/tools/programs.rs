//! Programs that a system's own packages bring. They are not installed here, only missed.

use std::path::PathBuf;
use std::{env, fs};

use super::NotRun;

/// That these programs are there, each named with the package that has it.
pub(crate) fn programs(needed: &[(&str, &str)]) -> Result<(), NotRun> {
    let folders = folders();
    let is_there = |name: &str| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().any(|folder| folder.join(&file).is_file())
    };
    match needed.iter().find(|(name, _)| !is_there(name)) {
        Some((name, package)) => Err(NotRun::new(name, format!("it is missing; install {package}"))),
        None => Ok(()),
    }
}

/// Debian keeps PostgreSQL's programs out of the path.
fn folders() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_package() {
        assert!(programs(&[("cargo", "Rust")]).is_ok());
        let missing = programs(&[("cargo", "Rust"), ("no-such-program", "a package")]).unwrap_err();
        assert_eq!(missing.to_string(), "no-such-program: it is missing; install a package");
    }
}
