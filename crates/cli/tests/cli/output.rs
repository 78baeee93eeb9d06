//! Where a token goes that could not be stored, when standard output is full, closed or thrown away.

use std::fs;
use std::process::Command;

use serde_json::Value;
use your_moms_sandbox::Server;

use crate::support::{Ended, Running, User, allow, base_url, get, platform};

/// Connects to `server` with standard output as the shell has it after `redirection`; something takes the place of the
/// store before the instance exists.
fn connect_without_store(server: &Server, user: &User, redirection: &str) -> Ended {
    let mut shell = Command::new("sh");
    let script = format!("exec \"$@\" {redirection}");
    user.equip(&mut shell).args(["-c", &script, "sh", env!("CARGO_BIN_EXE_your-moms")]);
    shell.args(["connect", "instagram", "--base-url", &base_url(server)]);
    let mut running = Running::of(shell.spawn().unwrap());
    let redirect = allow(server, &running.link());
    let guard = server.sandbox();
    assert_eq!(get(&redirect).status, 200);
    running.line_with("3/3");
    fs::remove_file(user.store()).unwrap();
    fs::create_dir(user.store()).unwrap();
    drop(guard);
    running.end()
}

#[test]
fn a_token_that_is_not_stored_is_printed_where_it_is_seen() {
    for redirection in [">/dev/full", ">&-", ">/dev/null"] {
        let server = platform();
        let user = User::of(&server);
        let ended = connect_without_store(&server, &user, redirection);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
        let line = ended.stderr.lines().find(|line| line.starts_with('{')).unwrap();
        let printed: Value = serde_json::from_str(line).unwrap();
        let token = printed["instance"]["token"].as_str().unwrap();
        assert!(token.starts_with("sandbox-instance-token"), "{redirection}: {token}");
    }
}

#[test]
fn what_was_done_stays_done_whatever_becomes_of_the_output() {
    for redirection in
        [">/dev/full", ">&-", "2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full"]
    {
        for json in ["", "--json"] {
            let user = User::ready();
            let mut shell = Command::new("sh");
            let script = format!("exec \"$@\" {json} {redirection}");
            user.equip(&mut shell).args(["-c", &script, "sh", env!("CARGO_BIN_EXE_your-moms")]);
            let ended = Ended::from(
                shell.args(["connect", "servicenow", "--config", "username=me"]).output().unwrap(),
            );
            assert_eq!(ended.code, Some(0), "{redirection}: {ended:?}");
            assert!(user.kept()["instances"]["servicenow"].is_object(), "{redirection}");
        }
    }
}
