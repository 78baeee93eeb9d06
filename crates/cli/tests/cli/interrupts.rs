//! Nothing that blocks keeps the program from ending at the first Ctrl-C.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Running, User, allow, base_url, get, hold_lock, platform};

/// A FIFO of this user; its path.
fn fifo(user: &User, name: &str) -> String {
    let path = user.directory.path().join(name);
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path.to_str().unwrap().to_owned()
}

/// Returns once the program has opened the FIFO, and keeps it waiting.
fn opened(path: &str) -> File {
    OpenOptions::new().write(true).open(path).unwrap()
}

/// Returns once the program hears Ctrl-C: before, the signal ends any process.
fn listens(running: &Running) {
    let status = format!("/proc/{}/status", running.child.id());
    let caught = || {
        let status = fs::read_to_string(&status).unwrap();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap().trim();
        u64::from_str_radix(mask, 16).unwrap()
    };
    // SIGHUP, SIGINT and SIGTERM.
    while caught() & 0x4003 != 0x4003 {
        std::thread::yield_now();
    }
}

#[track_caller]
fn ends_interrupted(running: Running) {
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(130), ""), "{ended:?}");
    assert!(ended.stderr.ends_with("error: interrupted\n"), "{ended:?}");
}

/// A user with an instance named desk.
fn with_desk(server: &your_moms_sandbox::Server) -> User {
    let user = User::of(server).with("YOUR_MOMS_CONFIG_PASSWORD", "pass-SENTINEL");
    let url = base_url(server);
    let arguments =
        ["connect", "servicenow", "--base-url", &url, "--config", "username=me", "--name", "desk"];
    assert_eq!(user.run(&arguments).code, Some(0));
    user
}

#[test]
fn every_signal_that_asks_to_end_is_one() {
    let server = platform();
    for signal in ["INT", "TERM", "HUP"] {
        let sandbox = User::new().start(&["sandbox"]);
        listens(&sandbox);
        sandbox.signal(signal);
        assert_eq!(sandbox.end().code, Some(0), "{signal}");
        let user = User::of(&server);
        let mut waiting = user.start(&["connect", "instagram", "--base-url", &base_url(&server)]);
        waiting.link();
        waiting.signal(signal);
        ends_interrupted(waiting);
    }
}

#[test]
fn nohup_means_it() {
    let user = User::new();
    let mut shell = Command::new("sh");
    user.equip(&mut shell).args([
        "-c",
        "trap '' HUP; exec \"$@\"",
        "sh",
        env!("CARGO_BIN_EXE_your-moms"),
        "sandbox",
    ]);
    let mut running = Running::of(shell.spawn().unwrap());
    running.line_with("The sandbox runs until Ctrl-C.");
    running.signal("HUP");
    running.interrupt();
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_file_that_is_a_fifo_does_not_hold_the_program() {
    let server = platform();
    let user = with_desk(&server);
    let url = base_url(&server);
    let path = fifo(&user, "fifo");
    let at = format!("@{path}");
    let (entry, json) = (format!("password=@{path}"), user.directory.path().join("catalogue"));
    fs::create_dir(&json).unwrap();
    let own = fifo(&user, "catalogue/own.json");
    for (arguments, path) in [
        (vec!["call", "GET", "/ping", "--user-secret", &at], &path),
        (vec!["call", "POST", "/ping", "--data", &at], &path),
        (vec!["connect", "servicenow", "--base-url", &url, "--config", &entry], &path),
        (vec!["connect", "instagram", "--base-url", &url, "--api-secret", &at], &path),
        (vec!["connect", "servicenow", "--curl", "--config", &entry], &path),
        (vec!["connectors", "--base-url", &url, "--ca-cert", &path], &path),
        (vec!["call", "GET", "/ping", "--ca-cert", &path], &path),
        (vec!["check", &path], &path),
        (vec!["sandbox", "--catalogue", json.to_str().unwrap()], &own),
    ] {
        let running = user.start(&arguments);
        let held = opened(path);
        running.interrupt();
        ends_interrupted(running);
        drop(held);
    }
}

#[test]
fn standard_input_does_not_hold_the_program() {
    let server = platform();
    let user = with_desk(&server);
    for arguments in [&["call", "POST", "/ping", "--data", "-"][..], &["check", "-"]] {
        let mut command = user.command(arguments);
        let mut running = Running::of(command.stdin(Stdio::piped()).spawn().unwrap());
        let held = running.child.stdin.take();
        listens(&running);
        running.signal("TERM");
        ends_interrupted(running);
        drop(held);
    }
}

#[test]
fn a_lock_that_another_program_holds_does_not_hold_this_one() {
    let server = platform();
    let user = with_desk(&server);
    let kept = user.kept();
    let lock = hold_lock(&user);
    let url = base_url(&server);
    for arguments in
        [&["instances", "remove", "desk", "--keep"][..], &["connect", "servicenow", "--base-url", &url]]
    {
        let mut running = user.start(arguments);
        running.line_with("Waiting for another program to release the lock on");
        running.interrupt();
        ends_interrupted(running);
    }
    drop(lock);
    assert_eq!(user.kept(), kept);
}

#[test]
fn a_lock_that_is_held_when_the_instance_exists_loses_nothing() {
    let server = platform();
    let user = User::of(&server);
    let mut running = user.start(&["connect", "instagram", "--base-url", &base_url(&server)]);
    let link = running.link();
    let redirect = allow(&server, &link);
    let guard = server.sandbox();
    assert_eq!(get(&redirect).status, 200);
    running.line_with("3/3");
    let lock = hold_lock(&user);
    drop(guard);
    running.line_with("Waiting for another program to release the lock on");
    running.interrupt();
    let ended = running.end();
    assert_eq!(ended.code, Some(130), "{ended:?}");
    let printed: Value = serde_json::from_str(&ended.stdout).unwrap();
    let token = printed["instance"]["token"].as_str().unwrap();
    assert!(ended.stderr.ends_with(
        "error: interrupted\n  the instance exists, and its token is in what was printed: keep it safe\n  \
         help: `your-moms recover` stores it\n"
    ), "{ended:?}");
    drop(lock);

    assert_eq!(user.run(&["recover"]).code, Some(0));
    let kept = user.kept();
    assert_eq!(kept["instances"]["instagram"]["instance"]["instance"]["token"], token);
    assert_eq!(kept.get("creations"), None::<&Value>);
    assert_eq!(server.sandbox().instances().len(), 1);
    assert_eq!(printed["version"], json!(1));
}

/// What was begun to be written cannot be taken back, so Ctrl-C is not noticed.
#[test]
fn a_pipe_that_nobody_reads_does_not_hold_the_program() {
    let (unread, mut full) = std::io::pipe().unwrap();
    let stdout = full.try_clone().unwrap();
    // More than any pipe holds: it stays full until nobody can read it any more.
    let filling = std::thread::spawn(move || full.write_all(&vec![b'x'; 4 << 20]));
    let user = User::new();
    let mut running = Running::of(user.command(&["completions", "zsh"]).stdout(stdout).spawn().unwrap());
    listens(&running);
    running.interrupt();
    assert_eq!(running.child.wait().unwrap().code(), Some(130));
    drop(unread);
    assert!(filling.join().unwrap().is_err());
}
