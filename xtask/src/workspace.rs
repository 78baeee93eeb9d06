//! What cargo says of the workspace.

use std::error::Error;
use std::path::PathBuf;

use serde_json::Value;

use crate::cargo::output;

/// The workspace.
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// The folder of what is built.
    pub(crate) target: PathBuf,
    /// Its packages.
    pub(crate) packages: Vec<Package>,
}

/// One of its packages.
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its features, `default` aside.
    pub(crate) features: Vec<String>,
    /// The packages of any kind that it depends on while it is built, as its manifest names them.
    pub(crate) dependencies: Vec<String>,
    /// Whether it is published. A registry takes nothing without a description.
    pub(crate) is_published: bool,
    /// Whether it has a library.
    pub(crate) has_library: bool,
    /// The address of its repository.
    pub(crate) repository: Option<String>,
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn read() -> Result<Self, Box<dyn Error>> {
        let metadata: Value =
            serde_json::from_str(&output(&["metadata", "--format-version", "1", "--no-deps"])?)?;
        let folder =
            |name: &str| text(&metadata, name).map(PathBuf::from).ok_or(format!("cargo names no {name}"));
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            packages: items(&metadata, "packages").filter_map(Package::of).collect(),
        })
    }

    /// The packages that users depend on, each after those of the workspace that it needs, in tests as well.
    pub(crate) fn published(&self) -> Vec<&Package> {
        let mut rest: Vec<_> = self.packages.iter().filter(|package| package.is_published).collect();
        let mut ordered = Vec::new();
        while !rest.is_empty() {
            let names: Vec<_> = rest.iter().map(|package| package.name.clone()).collect();
            let (ready, waiting): (Vec<_>, Vec<_>) = rest
                .into_iter()
                .partition(|package| !package.dependencies.iter().any(|it| names.contains(it)));
            // Cargo allows circles of development dependencies; then the order is cargo's own.
            rest = if ready.is_empty() { Vec::new() } else { waiting.clone() };
            ordered.extend(if ready.is_empty() { waiting } else { ready });
        }
        ordered
    }
}

impl Package {
    fn of(package: &Value) -> Option<Self> {
        let features = package.get("features").and_then(Value::as_object);
        let is_library = |target: &Value| items(target, "kind").any(|kind| kind.as_str() == Some("lib"));
        Some(Self {
            name: text(package, "name")?.to_owned(),
            version: text(package, "version")?.to_owned(),
            features: features
                .into_iter()
                .flat_map(serde_json::Map::keys)
                .filter(|feature| *feature != "default")
                .cloned()
                .collect(),
            dependencies: items(package, "dependencies")
                .filter_map(|dependency| text(dependency, "name").map(str::to_owned))
                .collect(),
            is_published: package.get("publish").is_none_or(Value::is_null)
                && text(package, "description").is_some(),
            has_library: items(package, "targets").any(is_library),
            repository: text(package, "repository").map(str::to_owned),
        })
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}
