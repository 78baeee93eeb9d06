//! Whether each library compiles with the lowest versions that its manifest asks for, as a user would get it: from its
//! `.crate`, with nothing of the workspace beside it but the packages that it depends on.
//! Nobody depends on the program: it is installed with the versions of `Cargo.lock`, or with the newest.

use std::error::Error;

use crate::cargo::show;
use crate::release::Unpacked;
use crate::workspace::Workspace;

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::read()?;
    for package in Unpacked::all(&workspace, "minimal")?.iter().filter(|package| package.has_library) {
        println!("{}", package.name);
        package.unlock()?;
        // Core's own tests run with these versions. Those of the others need more of the workspace.
        let is_tested = package.name == "your-moms-core";
        if !is_tested {
            package.without_tests()?;
        }
        // Cargo chooses the lowest versions only where unstable options are allowed; the compiler is the stable one.
        let mut update = package.cargo(&["update", "--quiet", "-Z", "direct-minimal-versions"]);
        show(update.env("RUSTC_BOOTSTRAP", "1"))?;
        let tested = ["test", "--quiet", "--all-features", "--lib", "--test", "core"];
        let checked = ["check", "--quiet", "--all-features"];
        show(&mut package.cargo(if is_tested { &tested } else { &checked }))?;
    }
    Ok(())
}
