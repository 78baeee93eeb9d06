//! The store's file: who can read it, many writers, disks that fail, and files of earlier releases.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Ended, User, allow, base_url, get, platform};

const CONNECT: [&str; 5] = ["connect", "servicenow", "--config", "username=me", "--json"];

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let user = User::ready();
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
    let user = User::ready();
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
        ("{\"version\": 2, \"instances\": {}}", "has version 2, and this program knows 1"),
        ("{\"version\": 1, \"instances\": {}, \"more\": \"SENTINEL\"}", "is not a store of instances"),
    ] {
        let user = User::ready();
        fs::create_dir_all(user.store().parent().unwrap()).unwrap();
        fs::write(user.store(), text).unwrap();
        for arguments in [
            &CONNECT[..4],
            &["instances", "list"],
            &["instances", "remove", "x", "--keep"],
            &["call", "GET", "/ping"],
        ] {
            let ended = user.run(arguments);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{arguments:?}");
            assert!(ended.stderr.contains(error), "{error} in {}", ended.stderr);
            assert!(
                ended.stderr.ends_with(
                    "  help: nothing was changed; fix the file, or move it away and start a new one\n"
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
    let user = User::ready();
    let file = user.directory.path().join("file");
    fs::write(&file, "").unwrap();
    for store in [file.join("below.json"), user.directory.path().to_owned()] {
        let ended = user.run(&[&CONNECT[..4], &["--store", store.to_str().unwrap()]].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
        assert!(ended.stderr.starts_with(&format!("error: {} ", store.display())), "{ended:?}");
        assert!(ended.stderr.contains("--store"), "{ended:?}");
    }
}

/// A limit on the size of files acts like a full disk, for root too.
#[cfg(unix)]
#[test]
fn a_full_disk_is_known_before_anything_is_created() {
    let user = User::ready();
    let mut shell = Command::new("sh");
    user.equip(&mut shell).args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"]);
    let ended = Ended::from(shell.arg(env!("CARGO_BIN_EXE_your-moms")).args(&CONNECT[..4]).output().unwrap());
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    let start = format!("error: {} cannot be written\n  caused by: File too large", user.store().display());
    assert!(ended.stderr.starts_with(&start), "{ended:?}");
    assert!(!user.store().exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_does_not_undo_what_was_done() {
    let user = User::ready();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = Ended::from(user.command(&CONNECT[..4]).stdout(full).output().unwrap());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let said = "\n(standard output cannot be written: No space left on device (os error 28))\n";
    assert!(ended.stderr.contains(said), "{ended:?}");
    assert!(ended.stderr.contains("Connected servicenow as instance "), "{ended:?}");
    assert!(user.kept()["instances"]["servicenow"].is_object());
}

#[test]
fn if_storing_fails_the_token_reaches_the_user() {
    for json in [false, true] {
        let server = platform();
        let user = User::of(&server);
        let url = base_url(&server);
        let mut arguments = vec!["connect", "instagram", "--base-url", &url];
        arguments.extend(json.then_some("--json"));
        let mut running = user.start(&arguments);
        let link = running.link();
        let redirect = allow(&server, &link);
        let guard = server.sandbox();
        assert_eq!(get(&redirect).status, 200);
        running.line_with("3/3");
        // After the creation was stored, and before the instance exists, something else takes the place of the store.
        fs::remove_file(user.store()).unwrap();
        fs::create_dir(user.store()).unwrap();
        drop(guard);
        let ended = running.end();
        assert_eq!(ended.code, Some(1));
        let printed: Value = serde_json::from_str(&ended.stdout).unwrap();
        let stored = if json {
            let mut report = printed;
            let stored = report["instance"].take();
            let expected = json!(
                { "id": 123, "name": "instagram", "connector": "instagram", "kept": null, "instance": null }
            );
            assert_eq!(report, expected);
            stored
        } else {
            printed
        };
        let instance = &stored["instance"];
        assert_eq!((&instance["id"], &instance["your_mom"]["key"]), (&123.into(), &"instagram".into()));
        let token = instance["token"].as_str().unwrap();
        assert!(token.starts_with("sandbox-instance-token"), "{token}");
        ended_says(&ended, &user, token, json);
    }
}

fn ended_says(ended: &Ended, user: &User, token: &str, json: bool) {
    let what = format!("{} is not a file", user.store().display());
    let note = "the instance exists, and its token is in what was printed: keep it safe";
    let help = "name another one with --store, or in YOUR_MOMS_STORE";
    if json {
        let error: Value = serde_json::from_str(ended.stderr.lines().last().unwrap()).unwrap();
        let expected = json!({
            "class": "program", "status": null, "request_id": null, "message": what, "details": [note], "fix": help,
        });
        assert_eq!(error, expected);
    } else {
        let end = format!("error: {what}\n  {note}\n  help: {help}\n");
        assert!(ended.stderr.ends_with(&end), "{ended:?}");
    }
    assert!(!ended.stderr.contains(token));
}

#[test]
fn a_store_that_fails_before_the_creation_is_sent_stops_it() {
    let server = platform();
    let user = User::of(&server);
    let mut running = user.start(&["connect", "instagram", "--base-url", &base_url(&server)]);
    let link = running.link();
    fs::create_dir_all(user.store()).unwrap();
    assert_eq!(get(&allow(&server, &link)).status, 200);
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    let end = format!(
        "error: {} is not a file\n  help: name another one with --store, or in YOUR_MOMS_STORE\n",
        user.store().display()
    );
    assert!(ended.stderr.ends_with(&end), "{ended:?}");
    assert_eq!(server.sandbox().instances(), []);
}

/// As the first releases wrote it: the instance is the platform's own object, or that in its stored form, and there are no
/// creations.
#[test]
fn files_of_earlier_releases_are_read_and_lose_nothing() {
    let object = |id: u32, token: &str| {
        json!({ "id": id, "name": "Test", "token": token, "your_mom": { "id": 74, "key": "instagram" },
            "tags": ["team-a"], "configuration": { "pagination.max": "100", "event.notification.instance.finder": null },
            "more": 1.50 })
    };
    let entry = |instance: Value| {
        json!({ "base_url": "https://api.cloud-your_moms.com/your_moms/api-v2", "vocabulary": "your_moms",
            "connector": "instagram", "sandbox": false, "kept_at": "2026-11-20T10:00:00Z", "instance": instance })
    };
    let stored = |instance: Value| json!({ "version": 1, "instance": instance });
    let (old, newer) = (object(7, "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g="), object(8, "token-8"));
    let text = json!({ "version": 1, "instances": {
        "old": entry(old.clone()), "newer": entry(stored(newer.clone())),
    }});
    let user = User::ready();
    fs::create_dir_all(user.store().parent().unwrap()).unwrap();
    fs::write(user.store(), serde_json::to_string_pretty(&text).unwrap()).unwrap();

    let ended = user.run(&["instances", "show", "old", "--token"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g=\n"));
    assert_eq!(user.run(&["instances", "show", "newer", "--token"]).stdout, "token-8\n");

    // Written again, both are in the form of today.
    assert_eq!(user.run(&CONNECT).code, Some(0));
    let mut kept = user.kept();
    assert!(kept["instances"].as_object_mut().unwrap().remove("servicenow").is_some());
    let expected =
        json!({ "version": 1, "instances": { "old": entry(stored(old)), "newer": entry(stored(newer)) } });
    assert_eq!(kept, expected);
}

/// What a user with one stored instance is told once `spoil` has changed something about the store.
#[cfg(unix)]
fn refused(spoil: impl Fn(&User)) -> (User, String) {
    let user = User::ready();
    assert_eq!(user.run(&CONNECT).code, Some(0));
    spoil(&user);
    let arguments: [&[&str]; 4] = [
        &CONNECT[..4],
        &["instances", "list"],
        &["instances", "show", "servicenow", "--token"],
        &["recover"],
    ];
    let mut said: Vec<_> = arguments
        .iter()
        .map(|arguments| {
            let ended = user.run(arguments);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{arguments:?}: {ended:?}");
            ended.stderr.lines().next().unwrap().to_owned()
        })
        .collect();
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    let said = said.remove(0).replace(user.store().parent().unwrap().to_str().unwrap(), "DATA");
    (user, said)
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_store_that_others_can_change_is_refused_with_a_fix() {
    for mode in [0o620, 0o602] {
        let (user, said) = refused(|user| set_mode(&user.store(), mode));
        let expected = format!("error: DATA/instances.json can be changed by other users (mode {mode:o})");
        assert_eq!(said, expected);
        let fix = user.run(&["instances", "list"]).stderr.lines().last().unwrap().to_owned();
        let command = fix.split_once("then: ").unwrap().1;
        assert!(Command::new("sh").args(["-c", command]).status().unwrap().success());
        assert_eq!(user.run(&["instances", "list"]).code, Some(0));
    }
    for mode in [0o770, 0o707] {
        let (user, said) = refused(|user| set_mode(user.store().parent().unwrap(), mode));
        assert_eq!(said, format!("error: DATA can be changed by other users (mode {mode:o})"));
        // Where everybody has files of their own, nobody replaces another's.
        set_mode(user.store().parent().unwrap(), 0o1777);
        assert_eq!(user.run(&["instances", "list"]).code, Some(0));
        set_mode(user.store().parent().unwrap(), 0o700);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_store_of_another_user_is_refused() {
    let stranger = |path: &std::path::Path| std::os::unix::fs::chown(path, Some(4711), None);
    let user = User::ready();
    if stranger(user.directory.path()).is_ok() {
        let root = |path: &std::path::Path| std::os::unix::fs::chown(path, Some(0), None).unwrap();
        root(user.directory.path());
        let said = refused(|user| stranger(&user.store()).unwrap()).1;
        let end = "belongs to another user (number 4711), who could change it";
        assert_eq!(said, format!("error: DATA/instances.json {end}"));
        let said = refused(|user| stranger(user.store().parent().unwrap()).unwrap()).1;
        assert_eq!(said, format!("error: DATA {end}"));
    } else {
        // Only root gives files away; this one is root's.
        let ended = user.run(&["instances", "list", "--store", "/etc/passwd"]);
        assert_eq!(ended.code, Some(1));
        assert!(ended.stderr.contains("/etc/passwd belongs to another user (number 0)"), "{ended:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_and_not_waited_for() {
    let fifo = |path: &std::path::Path| {
        drop(fs::remove_file(path));
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let (_, said) = refused(|user| fifo(&user.store()));
    assert_eq!(said, "error: DATA/instances.json is not a file");
    let user = User::ready();
    assert_eq!(user.run(&CONNECT).code, Some(0));
    let lock = user.store().with_file_name("instances.json.lock");
    fifo(&lock);
    let ended = user.run(&CONNECT[..4]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains(&format!("error: {} is not a file\n", lock.display())), "{ended:?}");
    // A link in the lock's place leads nowhere.
    fs::remove_file(&lock).unwrap();
    let victim = user.directory.path().join("victim");
    std::os::unix::fs::symlink(&victim, &lock).unwrap();
    let ended = user.run(&CONNECT);
    assert!(ended.code == Some(1) && ended.stderr.contains("is not a file"), "{ended:?}");
    assert!(!victim.exists());
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_what_it_names_is_replaced() {
    use std::os::unix::fs::symlink;
    let user = User::ready();
    let (real, linked) = (user.directory.path().join("real"), user.directory.path().join("links"));
    fs::create_dir(&real).unwrap();
    fs::create_dir(&linked).unwrap();
    set_mode(&real, 0o700);
    let link = linked.join("store.json");
    symlink("../real/store.json", &link).unwrap();
    let store = link.to_str().unwrap().to_owned();
    for _ in 0..2 {
        assert_eq!(user.run(&[&CONNECT[..], &["--store", &store]].concat()).code, Some(0));
    }
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let kept: Value = serde_json::from_str(&fs::read_to_string(real.join("store.json")).unwrap()).unwrap();
    assert_eq!(kept["instances"].as_object().unwrap().len(), 2);
    assert_eq!(fs::read_dir(&linked).unwrap().count(), 1);
    fs::remove_file(&link).unwrap();
    symlink("store.json", &link).unwrap();
    let ended = user.run(&["instances", "list", "--store", &store]);
    assert!(ended.code == Some(1) && ended.stderr.contains("too many symbolic links"), "{ended:?}");
    // Who can change the link decides what it names.
    fs::remove_file(&link).unwrap();
    symlink("../real/store.json", &link).unwrap();
    set_mode(&linked, 0o777);
    let ended = user.run(&["instances", "list", "--store", &store]);
    let what = format!("error: {} can be changed by other users (mode 777)\n", linked.display());
    assert!(ended.code == Some(1) && ended.stderr.starts_with(&what), "{ended:?}");
    set_mode(&linked, 0o1777);
    assert_eq!(user.run(&["instances", "list", "--store", &store]).code, Some(0));
    // Only root gives files away.
    if std::os::unix::fs::lchown(&link, Some(4711), None).is_ok() {
        let ended = user.run(&["instances", "list", "--store", &store]);
        let what = format!("error: {store} belongs to another user (number 4711)");
        assert!(ended.code == Some(1) && ended.stderr.starts_with(&what), "{ended:?}");
    }
}

#[test]
fn what_a_killed_program_left_half_written_is_cleared() {
    let user = User::ready();
    assert_eq!(user.run(&CONNECT).code, Some(0));
    let beside = |name: &str| user.store().with_file_name(name);
    let (left, others) = (beside(".instances.json.aB3xYz.new"), beside(".other.json.aB3xYz.new"));
    for path in [&left, &others] {
        fs::write(path, "half").unwrap();
    }
    assert_eq!(user.run(&["instances", "remove", "servicenow", "--keep"]).code, Some(0));
    assert_eq!((left.exists(), others.exists()), (false, true));
}
