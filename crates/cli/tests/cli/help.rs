//! What the program says of itself.

use snapbox::str;

use crate::support::{User, assert_shown};

#[test]
fn help() {
    let ended = User::new().run(&["--help"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(&ended.stdout, str![]);
}

#[test]
fn help_of_connect() {
    let ended = User::new().run(&["connect", "-h"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(&ended.stdout, str![]);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = User::new().run(&["completions", shell]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        for command in ["connect", "call", "instances", "check", "sandbox"] {
            assert!(ended.stdout.contains(command), "{command} for {shell}");
        }
    }
}
