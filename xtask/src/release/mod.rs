//! `cargo xtask release`: whether the packages can be published, and in which order.

mod changelog;
mod licences;
mod unpacked;

use std::error::Error;
use std::process::ExitCode;

pub(crate) use unpacked::Unpacked;

use crate::cargo::{cargo, show};
use crate::workspace::Workspace;

/// What stands for the address of the repository until there is one.
const PLACEHOLDER: &str = ".example/";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Checks everything and publishes nothing; a person publishes, as CONTRIBUTING.md says
    #[arg(long, required = true)]
    dry_run: bool,
}

pub(crate) fn run(_: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let workspace = Workspace::read()?;
    check()?;
    core_alone()?;
    println!("\nthe order of publishing:");
    for package in workspace.published() {
        println!("  cargo publish --package {}", package.name);
    }
    // A person does these on the day; the packages are sound without.
    for left in [changelog::check(&workspace), repository(&workspace)].into_iter().filter_map(Result::err) {
        println!("before that: {left}");
    }
    Ok(ExitCode::SUCCESS)
}

fn repository(workspace: &Workspace) -> Result<(), Box<dyn Error>> {
    let is_there = |url: &String| !url.contains(PLACEHOLDER);
    if workspace.published().iter().all(|package| package.repository.as_ref().is_some_and(is_there)) {
        return Ok(());
    }
    Err("`repository` in Cargo.toml is a placeholder: write the address of the repository".into())
}

/// Every package is complete, builds by itself from its `.crate`, and has its licences and its README.
pub(crate) fn check() -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::read()?;
    let mut arguments = vec!["package", "--quiet", "--allow-dirty"];
    let published = workspace.published();
    arguments.extend(published.iter().flat_map(|package| ["--package", package.name.as_str()]));
    cargo(&arguments, &[])?;
    for package in Unpacked::all(&workspace, "packaged")? {
        licences::check(&workspace, &package)?;
    }
    println!("{} packages build by themselves, and have their licences", published.len());
    Ok(())
}

/// The tests of the packaged core, away from the workspace.
pub(crate) fn core_alone() -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::read()?;
    let packages = Unpacked::all(&workspace, "packaged")?;
    let core =
        packages.iter().find(|package| package.name == "your-moms-core").ok_or("core is not published")?;
    show(&mut core.cargo(&["test", "--quiet", "--all-features"]))
}
