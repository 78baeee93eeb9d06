//! The runner itself: what it refuses to read, and what it says of a program that does not reply.

#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use your_moms_tests::{
    Case, Coverage, Group, Program, ProgramError, Question, Tree, bless, check, ours, required_kinds,
};

/// A folder with two sentences and one case.
fn folder(case: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sentences.json"), r#"["It is so.", "It is not."]"#).unwrap();
    for group in Group::ALL {
        fs::create_dir(folder.path().join(group.name())).unwrap();
    }
    fs::write(folder.path().join("callback/x.json"), case).unwrap();
    folder
}

fn good() -> Value {
    json!({
        "why": "The code would not be found.",
        "source": ["the source document: It is so."],
        "flags": ["secret"],
        "input": { "redirect": "code=AQB&state=state-Sentinel", "state": "state-Sentinel" },
        "expect": { "code": "AQB", "parameters": [["code", "AQB"]] },
        "never_prints": ["state-Sentinel"],
    })
}

fn with(pointer: &str, member: &str, value: Value) -> String {
    let mut case = good();
    case.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap().insert(member.to_owned(), value);
    case.to_string()
}

fn read(folder: &Path) -> (Vec<Case>, Vec<String>) {
    let tree = Tree::read(folder);
    (tree.cases, tree.unreadable.into_iter().map(|it| it.why).collect())
}

#[test]
fn a_case_is_read_and_passes() {
    let folder = folder(&good().to_string());
    let (cases, unreadable) = read(folder.path());
    assert_eq!(unreadable, [""; 0]);
    assert_eq!(cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>(), ["callback/x"]);
    assert!(check(&cases[0], &ours::reply(&cases[0].question())).passes());
    assert!(
        cases[0].is_chosen_by("back/x") && cases[0].is_chosen_by("secret") && !cases[0].is_chosen_by("once")
    );
}

#[test]
fn what_is_no_case_is_refused_with_its_place() {
    for (text, expected) in [
        ("{".to_owned(), vec!["EOF while parsing an object at line 1 column 1"]),
        (
            with("", "note", json!("x")),
            vec!["at ``: Additional properties are not allowed ('note' was unexpected)"],
        ),
        (
            with("/input", "stat", json!("x")),
            vec!["at `/input`: Additional properties are not allowed ('stat' was unexpected)"],
        ),
        (
            with("/expect", "stat", json!("x")),
            vec!["at `/expect`: Additional properties are not allowed ('stat' was unexpected)"],
        ),
        (
            with("/expect", "error", json!({"stage": "callback", "kind": "odd"})),
            vec![
                "at `/expect/error/kind`: \"odd\" is not one of \"denied\", \"missing\" or 4 other candidates",
                "at `/expect`: Additional properties are not allowed ('code', 'parameters' were unexpected)",
            ],
        ),
        (with("", "why", json!("short")), vec![r#"at `/why`: "short" is shorter than 20 characters"#]),
        (
            with("", "never_prints", json!(["not-in-it"])),
            vec!["the sentinel `not-in-it` is not in the input"],
        ),
    ] {
        let folder = folder(&text);
        let (cases, unreadable) = read(folder.path());
        assert_eq!(
            (cases.len(), unreadable),
            (0, expected.into_iter().map(str::to_owned).collect()),
            "{text}"
        );
    }
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let folder = folder(&good().to_string());
    fs::rename(folder.path().join("callback/x.json"), folder.path().join("callback/x.txt")).unwrap();
    assert_eq!(read(folder.path()).1, ["its name does not end in `.json`"]);
}

#[test]
fn what_no_case_covers_is_named() {
    let folder =
        folder(&with("", "source", json!(["the source document: It is so.", "the source document: Maybe."])));
    let coverage = Coverage::of(&Tree::read(folder.path()));
    let mut expected: Vec<String> =
        required_kinds().iter().map(|kind| format!("no case expects the error `{kind}`")).collect();
    expected.sort();
    expected.push("no case quotes the sentence: It is not.".to_owned());
    expected.push("not in sentences.json, but quoted by callback/x: Maybe.".to_owned());
    assert_eq!(coverage.gaps(), expected);
}

#[test]
fn bless_writes_what_came() {
    let folder = folder(&with("/expect", "code", json!("other")));
    let (cases, _) = read(folder.path());
    bless(&cases[0], &ours::reply(&cases[0].question())).unwrap();
    let (cases, unreadable) = read(folder.path());
    assert_eq!(unreadable, [""; 0]);
    assert_eq!(serde_json::to_value(&cases[0].content).unwrap(), good());
}

#[test]
fn bless_writes_nothing_where_there_is_no_outcome() {
    let folder = folder(&good().to_string());
    let (mut cases, _) = read(folder.path());
    cases[0].content.input = json!({});
    let error = bless(&cases[0], &ours::reply(&cases[0].question())).unwrap_err();
    assert_eq!(error.to_string(), "callback/x: there is no outcome to write: \"missing field `redirect`\"");
    assert_eq!(serde_json::to_value(&read(folder.path()).0[0].content).unwrap(), good());
}

#[test]
fn a_conversation_says_where_it_is_led_otherwise() {
    let look = |steps: Value| {
        let input = json!({ "operation": "list-instances", "parameters": {}, "steps": steps });
        ours::reply(&Question { case: "retry/x".to_owned(), group: Group::Retry, input }).outcome
    };
    let send = json!({ "method": "GET", "target": "/instances" });
    let empty = json!({ "send": send, "reply": { "status": 200, "body": { "json": [] } } });
    let failed = json!({ "send": send, "reply": { "status": 503 } });
    let wait = |shortest, longest| json!({ "wait_ms": [shortest, longest] });
    assert_eq!(look(json!([failed, wait(250, 500), empty])), json!({ "instances": [], "next": null }));
    for (steps, why) in [
        (json!([wait(0, 1)]), "at step 1 it sends GET /instances"),
        (json!([empty, empty]), "at step 2 it has its result"),
        (
            json!([{ "send": { "method": "POST", "target": "/instances" }, "reply": { "status": 200 } }]),
            "at step 1 it sends GET /instances",
        ),
        (
            json!([{ "send": send, "reply": { "status": 404 } }, wait(0, 500)]),
            "at step 2 it ends: the platform refused the request (status 404)",
        ),
    ] {
        assert_eq!(look(steps), json!({ "cannot": why }));
    }
    let too_early = look(json!([failed, wait(0, 249), empty])).to_string();
    assert!(too_early.starts_with("{\"cannot\":\"at step 2 it waits "), "{too_early}");
    let goes_on = look(json!([failed])).to_string();
    assert!(goes_on.starts_with("{\"cannot\":\"after the last step it waits "), "{goes_on}");
}

#[test]
fn our_own_program_replies_like_the_library() {
    // The path has backslashes on Windows.
    let command_line = shlex::try_quote(env!("CARGO_BIN_EXE_your-moms-conformance")).unwrap();
    let mut program = Program::start(&command_line).unwrap();
    for case in Tree::read(&Tree::default_path()).cases {
        let question = case.question();
        assert_eq!(program.ask(&question).unwrap(), ours::reply(&question));
    }
}

#[test]
fn a_program_that_does_not_reply_is_an_error() {
    let question = Question { case: "callback/x".to_owned(), group: Group::Callback, input: Value::Null };
    let error = |command: &str| match Program::start(command) {
        Ok(mut program) => program.ask(&question).unwrap_err(),
        Err(error) => error,
    };
    assert!(matches!(error("'"), ProgramError::CommandLine(_)));
    assert!(matches!(error(""), ProgramError::CommandLine(_)));
    assert!(matches!(error("/no/such/program"), ProgramError::Start { .. }));
    assert!(matches!(error("true"), ProgramError::Stopped { .. }));
    // It gives the question back, which is no reply.
    assert!(matches!(error("cat"), ProgramError::NoReply { .. }));
}
