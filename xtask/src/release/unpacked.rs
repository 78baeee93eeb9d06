//! A package as its users get it.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::cargo::{cargo, command, read};
use crate::workspace::Workspace;

/// An unpacked `.crate`.
pub(crate) struct Unpacked {
    /// The package's name.
    pub(crate) name: String,
    /// Whether it has a library.
    pub(crate) has_library: bool,
    /// Where it is.
    pub(crate) folder: PathBuf,
    target: PathBuf,
}

impl Unpacked {
    /// All packages that users depend on, in a folder of that name below `target`. Each is a workspace of its own, and finds
    /// the others beside it.
    pub(crate) fn all(workspace: &Workspace, folder: &str) -> Result<Vec<Self>, Box<dyn Error>> {
        let published = workspace.published();
        let mut arguments = vec!["package", "--quiet", "--allow-dirty", "--no-verify"];
        arguments.extend(published.iter().flat_map(|package| ["--package", package.name.as_str()]));
        cargo(&arguments, &[])?;
        let parent = workspace.target.join(folder);
        if parent.exists() {
            fs::remove_dir_all(&parent)?;
        }
        fs::create_dir_all(&parent)?;
        let mut all = Vec::new();
        for package in &published {
            let file = format!("{}-{}", package.name, package.version);
            let packed = workspace.target.join("package").join(format!("{file}.crate"));
            read(Command::new("tar").arg("xzf").arg(packed).arg("-C").arg(&parent))?;
            let folder = parent.join(file);
            let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
            let beside = published.iter().filter(|other| package.dependencies.contains(&other.name));
            let beside: Vec<_> = beside
                .map(|other| format!("{0} = {{ path = \"../{0}-{1}\" }}\n", other.name, other.version))
                .collect();
            let manifest = format!("{manifest}\n[workspace]\n\n[patch.crates-io]\n{}", beside.concat());
            fs::write(folder.join("Cargo.toml"), manifest)?;
            all.push(Self {
                name: package.name.clone(),
                has_library: package.has_library,
                folder,
                target: workspace.target.clone(),
            });
        }
        Ok(all)
    }

    /// Cargo, for this package alone.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = command(arguments);
        cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// Takes out what only tests and examples are built from.
    pub(crate) fn without_tests(&self) -> Result<(), Box<dyn Error>> {
        let file = self.folder.join("Cargo.toml");
        let mut kept = String::new();
        let mut is_kept = true;
        for line in fs::read_to_string(&file)?.lines() {
            if line.starts_with('[') {
                let name = line.trim_start_matches('[');
                is_kept = !name.contains("dev-dependencies")
                    && !name.starts_with("test]")
                    && !name.starts_with("example]");
            }
            if is_kept {
                kept.push_str(line);
                kept.push('\n');
            }
        }
        Ok(fs::write(file, kept)?)
    }

    /// Takes out the versions that were chosen for the workspace.
    pub(crate) fn unlock(&self) -> Result<(), Box<dyn Error>> {
        match fs::remove_file(self.folder.join("Cargo.lock")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}
