//! `--curl`: the requests, for a person to send; nothing is sent, and no secret is needed.

use snapbox::str;

use crate::support::{Ended, User, assert_shown, base_url, platform};

#[test]
fn connect_prints_both_requests() {
    let user = User::new().with("YOUR_MOMS_API_SECRET", "SENTINEL");
    let ended = user.run(&[
        "connect",
        "instagram",
        "--curl",
        "--api-key",
        "my-key",
        "--callback-url",
        "https://www.mycoolapp.com/auth",
        "--param",
        "siteAddress=me.instagram.com",
        "--name",
        "Bob's photos",
        "--tag",
        "team-a",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(&ended.stdout, str![]);
    ended.hides(["SENTINEL"]);
    assert!(!user.store().exists());
}

#[test]
fn connect_speaks_the_other_vocabulary() {
    let ended = User::new().run(&[
        "connect",
        "instagram",
        "--curl",
        "--post",
        "--vocabulary",
        "elements",
        "--base-url",
        "https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(&ended.stdout, str![]);
}

#[test]
fn call_and_delete_print_theirs() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", "pass");
    user.run(&["connect", "servicenow", "--base-url", &base_url(&server), "--config", "username=me"]);
    let sent = server.sandbox().journal().len();
    let bare = user.without("YOUR_MOMS_USER_SECRET").without("YOUR_MOMS_ORGANIZATION_SECRET");

    let at_platform = |ended: &Ended| ended.stdout.replace(&base_url(&server), "https://platform");
    let ended = bare.run(&[
        "call",
        "POST",
        "/hubs/helpdesk/incidents?where=a%3Db",
        "--data",
        "{\"name\": \"It's\"}",
        "--curl",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(&at_platform(&ended), str![]);
    let ended = bare.run(&["instances", "remove", "servicenow", "--delete", "--curl"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(&at_platform(&ended), str![]);
    assert_eq!(server.sandbox().journal().len(), sent);
    assert!(bare.kept()["instances"]["servicenow"].is_object());
}
