//! The files that the licences ask for, in each package.

use std::error::Error;
use std::fs;

use super::Unpacked;
use crate::workspace::Workspace;

/// The licences are those of the workspace, as files and not as links, and there is a README.
pub(super) fn check(workspace: &Workspace, package: &Unpacked) -> Result<(), Box<dyn Error>> {
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let file = package.folder.join(name);
        let is_file = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
        if !is_file || fs::read(&file)? != fs::read(workspace.root.join(name))? {
            return Err(format!(
                "{} has no {name}: link it in the package's folder, `ln -s ../../{name}`",
                package.name
            )
            .into());
        }
    }
    if !package.folder.join("README.md").is_file() {
        return Err(format!("{} has no README.md", package.name).into());
    }
    Ok(())
}
