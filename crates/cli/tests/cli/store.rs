//! The kept file: who can read it, many writers, and disks that fail.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Ended, User, allow, base_url, get, platform};

const CONNECT: [&str; 5] = ["connect", "instagram", "--sandbox", "--yes", "--json"];

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let user = User::new();
    assert_eq!(user.run(&CONNECT).code, Some(0));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&user.store()), 0o600);
    assert_eq!(mode(user.store().parent().unwrap()), 0o700);
    // Also after somebody has opened it up.
    fs::set_permissions(user.store(), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(user.run(&CONNECT).code, Some(0));
    assert_eq!(mode(&user.store()), 0o600);
}

#[test]
fn many_writers_lose_nothing() {
    let user = User::new();
    let running: Vec<_> = (0..12).map(|_| user.command(&CONNECT).spawn().unwrap()).collect();
    let mut names = Vec::new();
    for child in running {
        let ended = Ended::from(child.wait_with_output().unwrap());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let printed: Value = serde_json::from_str(&ended.stdout).unwrap();
        names.push(printed["name"].as_str().unwrap().to_owned());
    }
    names.sort();
    let kept = user.kept();
    let kept: Vec<_> = kept["instances"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(kept, names);
    assert_eq!(names.len(), 12);
    // No temporary file is left beside it.
    let mut files: Vec<_> = fs::read_dir(user.store().parent().unwrap())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["instances.json", "instances.json.lock"]);
}

#[test]
fn a_broken_file_is_never_overwritten() {
    for (text, error) in [
        (
            "{\"version\": 1, \"instances\": {\"x\": \"SENTINEL\"}}",
            "is not a store of instances: see line 1, column",
        ),
        ("not JSON, SENTINEL", "is not a store of instances: see line 1, column 2"),
        ("{\"version\": 2, \"instances\": {}}", "has version 2, this program knows 1"),
        ("{\"version\": 1, \"instances\": {}, \"more\": \"SENTINEL\"}", "is not a store of instances"),
    ] {
        let user = User::new();
        fs::create_dir_all(user.store().parent().unwrap()).unwrap();
        fs::write(user.store(), text).unwrap();
        for arguments in
            [&CONNECT[..], &["instances", "list"], &["instances", "remove", "x"], &["call", "GET", "/ping"]]
        {
            let ended = user.run(arguments);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{arguments:?}");
            assert!(ended.stderr.contains(error), "{error} in {}", ended.stderr);
            assert!(
                ended.stderr.ends_with(
                    "  help: nothing was changed; mend the file, or move it away and begin a new one\n"
                ),
                "{}",
                ended.stderr
            );
            ended.hides(["SENTINEL"]);
        }
        assert_eq!(fs::read_to_string(user.store()).unwrap(), text);
    }
}

#[test]
fn a_store_that_cannot_be_written_is_known_before_anything_is_created() {
    let user = User::new();
    let file = user.directory.path().join("file");
    fs::write(&file, "").unwrap();
    for store in [file.join("below.json"), user.directory.path().to_owned()] {
        let ended = user.run(&[&CONNECT[..], &["--store", store.to_str().unwrap()]].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
        assert!(ended.stderr.starts_with(&format!("error: {} ", store.display())), "{ended:?}");
        assert!(ended.stderr.contains("--store"), "{ended:?}");
    }
}

/// A limit on the size of files acts like a full disk, for root too.
#[cfg(unix)]
#[test]
fn a_full_disk_is_known_before_anything_is_created() {
    let user = User::new();
    let mut shell = Command::new("sh");
    user.equip(&mut shell).args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"]);
    let ended = Ended::from(shell.arg(env!("CARGO_BIN_EXE_your-moms")).args(CONNECT).output().unwrap());
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    let start = format!("error: {} cannot be written\n  caused by: File too large", user.store().display());
    assert!(ended.stderr.starts_with(&start), "{ended:?}");
    assert!(!user.store().exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_an_error_and_the_instance_is_kept() {
    let user = User::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = Ended::from(user.command(&CONNECT).stdout(full).output().unwrap());
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.ends_with(
            "error: the result could not be written to standard output\n  caused by: No space left on device (os error 28)\n"
        ),
        "{ended:?}"
    );
    assert!(user.kept()["instances"]["instagram"].is_object());
}

#[test]
fn if_keeping_fails_the_token_reaches_the_user() {
    for json in [false, true] {
        let server = platform();
        let user = User::of(&server);
        let url = base_url(&server);
        let mut arguments = vec!["connect", "instagram", "--base-url", &url];
        arguments.extend(json.then_some("--json"));
        let mut running = user.start(&arguments);
        let link = running.link();
        // After the store was tried out, and before the instance exists, something else takes its place.
        fs::create_dir_all(user.store()).unwrap();
        assert_eq!(get(&allow(&server, &link)).status, 200);
        let ended = running.end();
        assert_eq!(ended.code, Some(1));
        let printed: Value = serde_json::from_str(&ended.stdout).unwrap();
        let instance = if json {
            let mut report = printed;
            let instance = report["instance"].take();
            let expected = json!(
                { "id": 123, "name": "instagram", "connector": "instagram", "kept": null, "instance": null }
            );
            assert_eq!(report, expected);
            instance
        } else {
            printed
        };
        assert_eq!((&instance["id"], &instance["your_mom"]["key"]), (&123.into(), &"instagram".into()));
        let token = instance["token"].as_str().unwrap();
        assert!(token.starts_with("sandbox-instance-token"), "{token}");
        ended_says(&ended, &user, token);
    }
}

fn ended_says(ended: &Ended, user: &User, token: &str) {
    let end = format!(
        "error: {} is not a file\n  the instance exists, and its token is in what was printed: keep it safe\n  help: \
         name another one with --store, or in YOUR_MOMS_STORE\n",
        user.store().display()
    );
    assert!(ended.stderr.ends_with(&end), "{ended:?}");
    assert!(!ended.stderr.contains(token));
}
