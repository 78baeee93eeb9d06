//! `cargo xtask pictures`: the pictures of the documentation, made anew from the real program.
//!
//! Every run gives the same: the sandbox's seed and port are fixed, and what the program draws at random is replaced.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Read as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use styled_str::StyledString;
use term_transcript::svg::{NamedPalette, Template, TemplateOptions, WindowOptions, WrapOptions};
use term_transcript::{Transcript, UserInput};
use your_moms_core::{Credentials, Platform, Registration};
use your_moms_sandbox::{Noun, Sandbox, Server};

const COLUMNS: u16 = 100;
const PORT: u16 = 8631;
const SEED: u64 = 42;

pub(crate) fn run() -> Result<ExitCode, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("there is no workspace")?;
    let folder = root.join("docs").join("images");
    fs::create_dir_all(&folder)?;
    terminal(root, &folder.join("terminal.svg"))?;
    consent_page(&folder.join("consent.png"))?;
    Ok(ExitCode::SUCCESS)
}

/// The first command of the README, at a terminal.
fn terminal(root: &Path, picture: &Path) -> Result<(), Box<dyn Error>> {
    let program = program(root)?;
    let arguments = ["connect", "instagram", "--sandbox", "--yes"];
    let printed = steady(&recorded(&program, &arguments)?);
    let mut transcript = Transcript::new();
    let input = UserInput::command(format!("your-moms {}", arguments.join(" ")));
    transcript.add_interaction(input, StyledString::from_ansi(&printed)?);
    let options = TemplateOptions {
        width: NonZeroUsize::new(8 * usize::from(COLUMNS) + 20).ok_or("no columns")?,
        palette: NamedPalette::Gjm8.into(),
        window: Some(WindowOptions { title: "your-moms".to_owned() }),
        wrap: Some(WrapOptions::HardBreakAt {
            chars: NonZeroUsize::new(usize::from(COLUMNS)).ok_or("no columns")?,
            mark: "".into(),
        }),
        ..TemplateOptions::default()
    };
    let template = Template::pure_svg(options.validated()?);
    template.render(&transcript, BufWriter::new(File::create(picture)?))?;
    println!("{}", picture.display());
    Ok(())
}

fn program(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "your-moms-cli"])
        .current_dir(root)
        .status()?;
    if !built.success() {
        return Err("the program does not build".into());
    }
    let folder = std::env::current_exe()?;
    Ok(folder.with_file_name(format!("your-moms{}", std::env::consts::EXE_SUFFIX)))
}

/// What `program` prints at a terminal on which nothing moves.
fn recorded(program: &Path, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let size = PtySize { rows: 40, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
    let terminal = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env("TERM", "dumb");
    command.env("CLICOLOR_FORCE", "1");
    let mut child = terminal.slave.spawn_command(command)?;
    drop(terminal.slave);
    let mut reader = terminal.master.try_clone_reader()?;
    let mut printed = Vec::new();
    let mut piece = [0; 4096];
    // Linux ends a terminal whose program has gone with an error.
    while let Ok(length @ 1..) = reader.read(&mut piece) {
        printed.extend_from_slice(piece.get(..length).unwrap_or_default());
    }
    let status = child.wait()?;
    let printed = String::from_utf8(printed)?.replace("\r\n", "\n");
    if status.success() { Ok(printed) } else { Err(format!("the program failed: {printed}").into()) }
}

/// The same in every run: ports and `state` are drawn at random.
fn steady(printed: &str) -> String {
    let digits = |c: char| c.is_ascii_digit();
    let token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let printed =
        replaced(printed, "http://127.0.0.1:", digits, |port| if port == "8630" { port } else { "8631" });
    let printed = replaced(&printed, "127.0.0.1%3A", digits, |_| "8632");
    replaced(&printed, "&state=", token, |_| "x3Jr0…")
}

/// `text` with what follows `start`, as long as `belongs` says, replaced.
fn replaced<'a>(
    text: &'a str,
    start: &str,
    belongs: impl Fn(char) -> bool,
    by: impl Fn(&'a str) -> &'a str,
) -> String {
    let mut pieces = text.split(start);
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (value, rest) = piece.split_at(piece.find(|c| !belongs(c)).unwrap_or(piece.len()));
        replaced.extend([start, by(value), rest]);
    }
    replaced
}

/// The consent page of the sandbox, as chromium shows it.
fn consent_page(picture: &Path) -> Result<(), Box<dyn Error>> {
    let server = Server::start_at(Sandbox::new(SEED), PORT)?;
    let known = server.sandbox().credentials().clone();
    let application = server.sandbox().client("instagram").ok_or("the sandbox has no Instagram")?.clone();
    let credentials = Credentials::new(known.user_secret, known.organization_secret)?;
    let client = your_moms_ureq::client(Platform::new(&server.base_url(Noun::YourMom), credentials)?);
    let registration = Registration::new(
        "instagram",
        &application.api_key,
        application.api_secret.as_str(),
        "http://127.0.0.1/callback",
    )?;
    let (url, _) = client.authorize(&registration, SystemTime::now())?;
    let status = Command::new("chromium")
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--window-size=560,560",
        ])
        .arg(format!("--screenshot={}", picture.display()))
        .arg(url.expose())
        .output()?
        .status;
    server.stop();
    if !status.success() {
        return Err("chromium took no picture".into());
    }
    println!("{}", picture.display());
    Ok(())
}
