//! The command `cargo xtask conformance`, as a person or CI runs it.

#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden")
}

fn run(arguments: &[&str], ci: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("conformance").args(arguments).env_remove("CI");
    if ci {
        command.env("CI", "true");
    }
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with one case, which fails in two places.
fn failing() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(golden().join("sentences.json"), folder.path().join("sentences.json")).unwrap();
    for group in ["request", "response", "callback", "document", "retry", "stored"] {
        fs::create_dir(folder.path().join(group)).unwrap();
    }
    let case = json!({
        "why": "The code would not be found.",
        "source": ["this library: it is so"],
        "input": { "redirect": "code=AQB&state=s", "state": "s" },
        "expect": { "code": "other", "parameters": [["code", "AQB"], ["more", ""]] },
    });
    fs::write(folder.path().join("callback/x.json"), case.to_string()).unwrap();
    folder
}

#[test]
fn all_cases_pass() {
    let output = run(&[], false);
    assert!(output.status.success(), "{}", stdout(&output));
}

#[test]
fn a_filter_is_a_part_of_a_name_a_flag_or_a_whole_name() {
    let list = |filter: &str| {
        let output = run(&["--list", "--filter", filter], false);
        assert!(output.status.success());
        stdout(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let names =
        ["callback/quickbooks", "request/create-instance.elements", "request/create-instance.finishes"];
    assert_eq!(list("callback/quickb"), &names[..1]);
    assert_eq!(list(names[2]), &names[2..]);
    assert_eq!(
        list("verbatim").iter().filter(|name| name.starts_with("response/")).collect::<Vec<_>>(),
        ["response/create-instance.documented-as-printed", "response/get-oauth-url.documented"]
    );
}

#[test]
fn a_filter_that_chooses_nothing_is_an_error() {
    let output = run(&["--filter", "no-such-case"], false);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "no case is chosen; --list shows their names\n");
}

#[test]
fn a_failure_shows_every_place_and_how_to_repeat_it() {
    let folder = failing();
    let path = folder.path().to_str().unwrap();
    let output = run(&["--cases", path, "--filter", "callback"], false);
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        "callback/x
  why:    The code would not be found.
  file:   {path}/callback/x.json
  /code
    expected \"other\"
    actual   \"AQB\"
  /parameters/1
    expected [\"more\",\"\"]
    actual   nothing
  repeat: cargo xtask conformance --filter callback/x --cases {path}

1 cases, 1 failed
"
    );
    assert_eq!(stdout(&output), expected);
}

#[test]
fn a_failure_as_json() {
    let folder = failing();
    let path = folder.path().to_str().unwrap();
    let output = run(&["--cases", path, "--filter", "callback", "--format", "json"], false);
    assert_eq!(output.status.code(), Some(1));
    let expected = json!({
        "cases": 1,
        "failed": [{
            "why": "The code would not be found.",
            "file": format!("{path}/callback/x.json"),
            "repeat": format!("cargo xtask conformance --filter callback/x --cases {path}"),
            "case": "callback/x",
            "differences": [
                { "pointer": "/code", "expected": "other", "actual": "AQB" },
                { "pointer": "/parameters/1", "expected": ["more", ""] },
            ],
            "leaks": [],
        }],
        "unreadable": [],
        "uncovered": [],
    });
    assert_eq!(serde_json::from_str::<Value>(&stdout(&output)).unwrap(), expected);
}

#[test]
fn what_is_not_covered_fails_a_run_of_all_cases() {
    let folder = failing();
    let output = run(&["--cases", folder.path().to_str().unwrap(), "--bless"], false);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("not covered: no case expects the error `build: base-url`\n"));
}

#[test]
fn an_unreadable_case_fails_a_run() {
    let folder = failing();
    fs::write(folder.path().join("callback/x.json"), "{").unwrap();
    let path = folder.path().to_str().unwrap();
    let output = run(&["--cases", path, "--filter", "callback"], false);
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        "cannot be read: {path}/callback/x.json: EOF while parsing an object at line 1 column 1\n\
         0 cases, 0 failed; 1 other problems\n"
    );
    assert_eq!(stdout(&output), expected);
}

#[test]
fn bless_rewrites_and_ci_may_not() {
    let folder = failing();
    let arguments = ["--cases", folder.path().to_str().unwrap(), "--filter", "callback", "--bless"];
    let case = || fs::read_to_string(folder.path().join("callback/x.json")).unwrap();
    let before = case();

    let output = run(&arguments, true);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "--bless is refused where CI is set: a person has to look at what changes\n"
    );
    assert_eq!(case(), before);

    assert!(run(&arguments, false).status.success());
    assert_eq!(
        serde_json::from_str::<Value>(&case()).unwrap()["expect"],
        json!({ "code": "AQB", "parameters": [["code", "AQB"]] })
    );
}

#[test]
fn a_program_is_held_to_the_cases() {
    let folder = tempfile::tempdir().unwrap();
    // It says of everything what is right of one case alone.
    let script = folder.path().join("program");
    let reply = r#"{"case": "callback/documented", "outcome": {"code": "code-Sentinel-4", "parameters": [["code", "code-Sentinel-4"]]}, "prints": ["code-Sentinel-4"]}"#;
    fs::write(&script, format!("while read -r line; do echo '{reply}'; done")).unwrap();
    let exec = format!("sh '{}'", script.display());
    let output = run(&["--filter", "callback/documented", "--exec", &exec], false);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(
        text.contains("  `code-Sentinel-4` must never be printed, and is in: code-Sentinel-4\n"),
        "{text}"
    );
    let repeat =
        format!("  repeat: cargo xtask conformance --filter callback/documented --exec \"{exec}\"\n");
    assert!(text.contains(&repeat), "{text}");

    let output = run(&["--filter", "callback/clover", "--exec", &exec], false);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        format!("at callback/clover the program wrote a line that is not a reply to it: {reply}\n")
    );
}
