//! What it takes to build a small program from nothing, and how large it is, with an adapter and with the HTTP library alone.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use super::figures::ratio;
use super::session::Session;
use super::table::table;
use crate::cargo;

/// A program that makes one call.
struct Program {
    dependencies: &'static str,
    main: &'static str,
}

/// The library, the program over its adapter, and the one over the library alone.
const PROGRAMS: [(&str, Program, Program); 2] = [
    (
        "reqwest",
        Program {
            dependencies: r#"
your-moms-core = { path = "ROOT/crates/core" }
your-moms-reqwest = { path = "ROOT/crates/transport-reqwest" }
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring"] }
tokio = { version = "1", features = ["rt"] }"#,
            main: r#"
use your_moms_core::{Credentials, GetInstance, Platform};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    let client = your_moms_reqwest::client(platform)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(println!("{:?}", runtime.block_on(client.call(&GetInstance::new(123)))?))
}"#,
        },
        Program {
            dependencies: r#"
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring"] }
tokio = { version = "1", features = ["rt"] }"#,
            main: r#"
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let call = async { client.get("https://api.example.com/instances/123").send().await?.text().await };
    Ok(println!("{:?}", runtime.block_on(call)?))
}"#,
        },
    ),
    (
        "ureq",
        Program {
            dependencies: r#"
your-moms-core = { path = "ROOT/crates/core" }
your-moms-ureq = { path = "ROOT/crates/transport-ureq", features = ["rustls"] }"#,
            main: r#"
use your_moms_core::{Credentials, GetInstance, Platform};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    Ok(println!("{:?}", your_moms_ureq::client(platform).call(&GetInstance::new(123))?))
}"#,
        },
        Program {
            dependencies: r#"
ureq = { version = "3", default-features = false, features = ["rustls"] }"#,
            main: r#"
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut response = ureq::get("https://api.example.com/instances/123").call()?;
    Ok(println!("{:?}", response.body_mut().read_to_string()?))
}"#,
        },
    ),
];

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for (library, ours, bare) in PROGRAMS.iter().filter(|(library, ..)| session.options.has_row(library)) {
        let (our_time, our_size) = build(ours)?;
        let (bare_time, bare_size) = build(bare)?;
        rows.push(vec![
            (*library).to_owned(),
            format!("{:.2}", ratio(our_time, bare_time)),
            format!("{:.2}", ratio(our_size, bare_size)),
        ]);
    }
    let columns = ["over", "processor time of a clean build, ours ÷ bare", "size, ours ÷ bare"];
    let text = "\nOf a program that makes one call, released and stripped, with rustls and ring: over an adapter, beside the same over the\n\
                library alone, which parses nothing.\n";
    session.section("Builds", &(text.to_owned() + &table(&columns, &rows)))
}

/// The processor time that the release build takes, in ticks, and the program's size, stripped, in bytes. What it makes is deleted.
fn build(Program { dependencies, main }: &Program) -> Result<(u64, u64), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = Folder::make(root.join("target/bench-builds"))?;
    let dependencies = dependencies.replace("ROOT", &root.display().to_string());
    fs::write(
        folder.0.join("Cargo.toml"),
        format!(
            "[package]\nname = \"program\"\nedition = \"2024\"\n\n[dependencies]{dependencies}\n\n\
             [profile.release]\nstrip = true\n\n[workspace]\n"
        ),
    )?;
    // The same versions as here.
    fs::copy(root.join("Cargo.lock"), folder.0.join("Cargo.lock"))?;
    fs::create_dir(folder.0.join("src"))?;
    fs::write(folder.0.join("src/main.rs"), main)?;
    let cargo = |arguments: &[&str]| -> Result<(), Box<dyn Error>> {
        let mut command = cargo::command(arguments);
        let status =
            command.current_dir(&folder.0).env("CARGO_TARGET_DIR", folder.0.join("target")).status()?;
        if status.success() { Ok(()) } else { Err("a small program does not build".into()) }
    };
    cargo(&["fetch", "--quiet"])?;
    let before = time_of_children()?;
    cargo(&["build", "--quiet", "--release"])?;
    let time = time_of_children()? - before;
    Ok((time, fs::metadata(folder.0.join("target/release/program"))?.len()))
}

/// The processor time of the processes that have ended, theirs included, in ticks: a busy machine hardly changes it.
fn time_of_children() -> Result<u64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The fourteenth and fifteenth after the name, which may hold blanks: cutime and cstime of proc(5).
    let (_, fields) = stat.rsplit_once(") ").ok_or("/proc/self/stat has no name")?;
    let times = fields.split(' ').skip(13).take(2).map(str::parse::<u64>);
    Ok(times.sum::<Result<_, _>>()?)
}

/// A folder that is deleted in the end, whatever happens.
struct Folder(PathBuf);

impl Folder {
    fn make(path: PathBuf) -> std::io::Result<Self> {
        let folder = Self(path);
        folder.remove();
        fs::create_dir_all(&folder.0)?;
        Ok(folder)
    }

    fn remove(&self) {
        // It need not be there.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.remove();
    }
}
