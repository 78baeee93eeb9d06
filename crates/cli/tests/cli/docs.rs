//! What a reader copies from the documents works: every command in them is run, and the tables name what there is.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use your_moms_core::ErrorClass;
use your_moms_sandbox::{Noun, Server};

use crate::help::{pages, words};
use crate::support::{Ended, Running, User, base_url, connect, platform};

const DOCUMENTS: [&str; 5] = [
    "README.md",
    "crates/cli/README.md",
    "docs/TROUBLESHOOTING.md",
    "docs/OPEN_CONNECTORS.md",
    "docs/SANDBOX.md",
];

/// The live platform, in whose place a sandbox responds.
const LIVE: &str = "https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2";

/// What the program is called before it is installed.
const BUILT: &str = "cargo run --bin your-moms -- ";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The commands of a document's consoles.
fn commands(text: &str) -> Vec<String> {
    let mut console = false;
    let mut commands = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(language) => console = language == "console",
            None if console => commands.extend(line.strip_prefix("$ ").map(str::to_owned)),
            None => {}
        }
    }
    commands
}

/// Goes on to the link in the private page that the program has it open, as a browser does. Its user allows every access.
const BROWSER: &str = r##"#!/bin/sh
link=$(sed -n 's/.*<a href="\([^"]*\)".*/\1/p' "${1#file://}" | sed 's/&amp;/\&/g')
exec curl -sL -o /dev/null "$link"
"##;

/// A user for whom everything is set up, whose browser allows every access.
fn reader(server: &Server) -> User {
    let user = User::of(server);
    let browser = user.directory.path().join("browser");
    fs::write(&browser, BROWSER).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o700)).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_your-moms")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    user.file("instance.json", "{\n  \"your_mom\": {\"key\": \"instagram\"}\n  \"name\": \"Photos\"\n}\n");
    user.with("BROWSER", browser.to_str().unwrap()).with("PATH", &path)
}

/// The next consent page decides itself, as its user would.
fn allow_next(server: &Server) {
    let origin = server.sandbox().origin().to_owned();
    let mut connection = connect(&origin);
    let host = origin.strip_prefix("http://").unwrap();
    let body = "{\"decision\": \"allow\"}";
    write!(
        connection,
        "POST /_sandbox/next HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let response = std::io::read_to_string(connection).unwrap();
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
}

/// How a command ends that is there to fail.
fn expected_code(command: &str) -> i32 {
    match command {
        "your-moms check instance.json" => 1,
        command if command.contains("instagam") => 4,
        _ => 0,
    }
}

#[test]
fn every_command_of_the_documents_is_run() {
    let mut run = 0;
    for name in DOCUMENTS {
        let server = platform();
        let user = reader(&server);
        // What the document exports: its secrets are placeholders, and those of the reader stand in their place.
        let mut base_url = base_url(&server);
        for command in commands(&document(name)) {
            let command = command.replace(BUILT, "your-moms ").replace(LIVE, &server.base_url(Noun::Element));
            // The documents' port may be another program's.
            let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            let command = command.replace("127.0.0.1:8765", &free.to_string());
            let mut words = command.split(' ');
            match (words.next().unwrap(), words.next()) {
                ("your-moms", Some("sandbox")) => {
                    let mut running = Running::of(shell(&user, &command, &base_url).spawn().unwrap());
                    running.line_with("The sandbox runs until Ctrl-C.");
                    running.child.kill().unwrap();
                    running.end();
                }
                ("your-moms", _) => {
                    allow_next(&server);
                    // Nobody is there to help a browser that fails.
                    let command =
                        command.replacen("your-moms connect ", "your-moms connect --timeout 60 ", 1);
                    let ended = Ended::from(shell(&user, &command, &base_url).output().unwrap());
                    assert_eq!(ended.code, Some(expected_code(&command)), "{name}: {command}: {ended:?}");
                }
                ("export", Some(assignment)) => {
                    if let Some(url) = assignment.strip_prefix("YOUR_MOMS_BASE_URL=") {
                        url.clone_into(&mut base_url);
                    }
                }
                // What runs for minutes, or installs: what it names is there. CI runs it.
                ("cargo", _) => named_by_cargo(&command),
                _ => panic!("{name}: {command} is not run by this test"),
            }
            run += 1;
        }
    }
    assert!(run >= 20, "{run} commands");
}

fn shell(user: &User, command: &str, base_url: &str) -> Command {
    let mut shell = Command::new("sh");
    user.equip(&mut shell).args(["-c", &format!("exec {command}")]).current_dir(user.directory.path());
    shell.env("YOUR_MOMS_BASE_URL", base_url);
    shell
}

fn named_by_cargo(command: &str) {
    let words: Vec<_> = command.split(' ').collect();
    match words.as_slice() {
        ["cargo", "test"] => {}
        ["cargo", "install", "--path", path] => {
            assert!(root().join(path).join("Cargo.toml").exists(), "{command}");
        }
        ["cargo", "run" | "test", "-p", package] => {
            let manifests = ["crates", "examples"].map(|folder| fs::read_dir(root().join(folder)).unwrap());
            let name = format!("name = \"{package}\"");
            let mut manifests =
                manifests.into_iter().flatten().map(|entry| entry.unwrap().path().join("Cargo.toml"));
            assert!(manifests.any(|file| fs::read_to_string(file).unwrap().contains(&name)), "{command}");
        }
        _ => assert_eq!(command, "", "this test does not know it"),
    }
}

/// What stands in backticks in running text names commands and options that there are.
#[test]
fn commands_and_options_in_the_text_are_there() {
    let pages = pages();
    let help: Vec<_> =
        pages.iter().map(|path| User::new().run(&[&words(path)[..], &["-h"]].concat()).stdout).collect();
    let is_option = |option: &str| {
        let ends = [" ", "\n"].map(|end| format!(" {option}{end}"));
        help.iter().any(|page| ends.iter().any(|end| page.contains(end)))
    };
    let mut found = 0;
    for name in DOCUMENTS {
        let text = document(name);
        // Every other piece is a block.
        let prose: Vec<_> = text.split("```").step_by(2).collect();
        for code in prose.concat().split('`').skip(1).step_by(2) {
            if let Some(command) = code.strip_prefix("your-moms ") {
                let is_name = |word: &&str| word.chars().all(char::is_lowercase);
                let path: Vec<_> = command.split(' ').take_while(is_name).collect();
                let is_there = path == ["help"] || pages.iter().any(|page| words(page) == path);
                assert!(is_there, "{name}: `{code}`");
            } else if !code.starts_with("--") {
                continue;
            }
            for option in code.split_whitespace().filter(|word| word.starts_with("--")) {
                assert!(is_option(option), "{name}: `{option}`");
            }
            found += 1;
        }
    }
    assert!(found >= 20, "{found}");
}

/// The commands of a document's consoles that say what they print, and that.
fn shown(text: &str) -> Vec<(String, String)> {
    let consoles = text.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let steps = consoles.flat_map(|console| console.split("$ ").skip(1));
    let steps = steps.filter_map(|step| step.split_once('\n'));
    steps
        .filter(|(_, printed)| !printed.is_empty())
        .map(|(command, printed)| (command.to_owned(), printed.to_owned()))
        .collect()
}

/// Every port that is drawn at random, the same.
fn without_ports(text: &str) -> String {
    let mut pieces = text.split("127.0.0.1:");
    let mut same = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let port = if piece.starts_with("8630") { "8630" } else { "PORT" };
        same.extend(["127.0.0.1:", port, rest]);
    }
    same
}

/// In what is shown, `…` stands for what differs from run to run, and for what is left out.
#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let server = platform();
    let user = reader(&server);
    let mut compared = 0;
    for (command, printed) in shown(&document("README.md")) {
        let command = command.replace(BUILT, "your-moms ");
        if command.starts_with("cargo ") {
            continue;
        }
        let ended =
            Ended::from(shell(&user, &format!("{command} 2>&1"), &base_url(&server)).output().unwrap());
        let expected = without_ports(&printed.replace('…', "[..]"));
        let assert = snapbox::Assert::new().normalize_paths(false);
        assert.eq(without_ports(&ended.stdout), snapbox::Data::text(expected));
        compared += 1;
    }
    assert_eq!(compared, 2);
}

/// The lines of the README's manifest name packages and features that there are.
#[test]
fn what_a_manifest_takes_is_there() {
    let text = document("README.md");
    let manifest = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let mut packages = 0;
    for line in manifest.lines().filter(|line| line.contains("path = ")) {
        let path = line.split("path = \"../your-moms/").nth(1).unwrap().split('"').next().unwrap();
        let own = document(&format!("{path}/Cargo.toml"));
        assert!(own.contains(&format!("name = \"{}\"", line.split(' ').next().unwrap())), "{line}");
        if let Some(features) = line.split("features = [\"").nth(1) {
            let feature = features.split('"').next().unwrap();
            assert!(own.contains(&format!("\n{feature} = [")), "{line}");
        }
        packages += 1;
    }
    assert_eq!(packages, 3);
}

/// The first cells of the table below a heading.
fn first_cells(text: &str, heading: &str) -> Vec<String> {
    let section = text.split(&format!("## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let mut cells = row.split('|').skip(1).map(str::trim);
        let first = cells.next().unwrap().trim_matches('`').to_owned();
        assert!(first == "0" || cells.all(|cell| !cell.is_empty()) || row.ends_with('|'), "{row}");
        first
    })
    .collect()
}

#[test]
fn every_class_and_every_exit_code_has_its_fix() {
    let text = document("docs/TROUBLESHOOTING.md");
    let own = ["usage", "denied", "cancelled", "program"];
    let classes: Vec<_> = ErrorClass::NAMES.iter().chain(&own).map(|name| (*name).to_owned()).collect();
    assert_eq!(first_cells(&text, "Classes of errors"), classes);

    let help = User::new().run(&["--help"]).stdout;
    let codes: Vec<_> = help
        .split("Exit codes:\n")
        .nth(1)
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned))
        .collect();
    assert_eq!(first_cells(&text, "Exit codes"), codes);
}

/// The classes that are the program's own, as it prints them.
#[test]
fn the_programs_own_classes() {
    for (arguments, class) in [
        (&["call", "GET", "/ping", "--json"][..], "usage"),
        (&["sandbox", "--catalogue", "/nowhere", "--json"], "program"),
    ] {
        let ended = User::new().run(arguments);
        let error: Value = serde_json::from_str(&ended.stderr).unwrap();
        assert_eq!(error["class"], class);
    }
}
