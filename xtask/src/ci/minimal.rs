//! Whether each package compiles with the lowest versions that its manifest asks for, as a user would get it: from its
//! `.crate`, with nothing of the workspace beside it but the packages that it depends on.

use std::error::Error;

use crate::cargo::show;
use crate::release::Unpacked;
use crate::workspace::Workspace;

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::read()?;
    for package in Unpacked::all(&workspace, "minimal")? {
        // The requirements of tests are as they are in the workspace.
        package.without_tests()?;
        // Cargo chooses the lowest versions only where unstable options are allowed; the compiler is the stable one.
        let mut update = package.cargo(&["update", "--quiet", "-Z", "direct-minimal-versions"]);
        show(update.env("RUSTC_BOOTSTRAP", "1"))?;
        show(&mut package.cargo(&["check", "--quiet", "--all-features"]))?;
    }
    Ok(())
}
