//! The real program: every command, through every fault, and what it prints, stores, starts and leaves behind.
//!
//! Secrets that are typed at a prompt need a terminal: `terminal.rs` among the program's own tests has one, and searches it.

mod browser;
mod commands;
mod urls;
mod user;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::{env, thread};

use your_moms_sandbox::{Armed, Fault, Times};

use crate::watch::Watch;
use commands::Line;
use user::User;

/// Most of them wait: for a response that comes too late, or before another try.
const AT_ONCE: usize = 12;

/// What is planted somewhere.
pub(crate) const KINDS: [&str; 13] = [
    "user secret",
    "organization secret",
    "client secret",
    "state",
    "code",
    "request token",
    "verifier",
    "instance token",
    "password",
    "provider token",
    "secret in a file",
    "secret in a command",
    "password in a URL",
];

pub(crate) fn run() -> (Watch, String) {
    let program = program();
    let (watch, lines) = (Mutex::new(Watch::default()), Mutex::new(0));
    let faults: Vec<_> = std::iter::once("").chain(Fault::FORMS.map(|(form, _)| form)).collect();
    let queue = Mutex::new(faults.iter().enumerate());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some((number, form)) = queue.lock().unwrap().next() else { break };
                    let mut user = User::new(program.clone(), number as u64);
                    let ran = all_commands(&mut user, form, number);
                    *lines.lock().unwrap() += ran;
                    watch.lock().unwrap().look(user.into_scene());
                }
            });
        }
        scope.spawn(|| {
            let mut user = User::new(program.clone(), 99);
            urls::run(&mut user);
            watch.lock().unwrap().look(user.into_scene());
        });
    });
    let lines = lines.into_inner().unwrap();
    (watch.into_inner().unwrap(), format!("{lines} command lines, {} faults", faults.len() - 1))
}

/// Each command meets the fault once, so that it goes on, in one form of output or the other.
fn all_commands(user: &mut User, form: &str, number: usize) -> usize {
    // No real second is worth waiting for.
    let fault = (!form.is_empty()).then(|| form.replace("retry-2s", "retry-0s").parse::<Fault>().unwrap());
    let lines = commands::all(user);
    let driven: BTreeSet<_> = lines.iter().map(Line::command).collect();
    assert_eq!(driven, commands::named_in_help(user), "commands without a canary");
    let is_slow = ["delay", "drip", "late-"].iter().any(|word| form.contains(word)) && form != "shows-late-2";
    let limit = if is_slow { "300ms" } else { "10s" };
    let options = [
        &["--verbose", "--request-timeout", limit][..],
        &["--verbose", "--json", "--request-timeout", limit],
    ];
    for (at, line) in lines.iter().enumerate() {
        let armed =
            fault.zip(line.meets).map(|(fault, call)| user.arm(Armed { call, fault, times: Times::Once }));
        user.runs(line, options.get((at + number) % 2).unwrap());
        if let Some(id) = armed {
            user.disarm(id);
        }
    }
    user.runs_without_its_store();
    lines.len()
}

/// Built here: cargo builds programs of other packages for no test.
fn program() -> PathBuf {
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--package", "your-moms-cli", "--bin", "your-moms"]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    assert!(build.status().unwrap().success());
    let own = env::current_exe().unwrap();
    own.parent().and_then(|deps| deps.parent()).unwrap().join("your-moms")
}
