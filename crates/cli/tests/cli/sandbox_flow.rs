//! The first command of a newcomer: the whole job over real sockets, with no account and no network.

use crate::support::{User, assert_shown};
use serde_json::{Value, json};
use snapbox::str;

#[test]
fn connects_stores_and_says_where() {
    let user = User::new();
    let ended = user.run(&["connect", "instagram", "--sandbox", "--yes"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.stdout,
        format!("Connected instagram as instance 123 \"instagram\"; stored in {}\n", user.store().display())
    );
    assert_shown(
        &ended.stderr,
        str![[r#"
1/3 Asking the platform for the OAuth URL
2/3 Allowing access, as a browser would:
    http://127.0.0.1:[..]/provider/instagram/oauth/authorize?response_type=code&client_id=sandbox-instagram-client-id&redirect_uri=http%3A%2F%2F127.0.0.1%3A[..]%2Fcallback&scope=basic+comments+relationships+likes&state=[..]
3/3 Creating the instance (this can take half a minute)
The sandbox ends with this program. For one that stays: your-moms sandbox

"#]],
    );
    let kept = user.kept();
    ended.hides([kept["instances"]["instagram"]["instance"]["instance"]["token"].as_str().unwrap()]);
}

#[test]
fn json_is_one_object_without_the_token() {
    for (vocabulary, noun, path) in
        [("your_moms", "your_mom", "/your_moms/api-v2"), ("elements", "element", "/elements/api-v2")]
    {
        let user = User::new();
        let ended = user.run(&[
            "connect",
            "instagram",
            "--sandbox",
            "--yes",
            "--json",
            "--vocabulary",
            vocabulary,
            "--name",
            "My photos",
            "--tag",
            "team-a",
        ]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let printed: Value = serde_json::from_str(&ended.stdout).unwrap();
        let path_of_store = user.store().display().to_string();
        assert_eq!(
            printed,
            json!({ "id": 123, "name": "My photos", "connector": "instagram", "kept": path_of_store })
        );
        assert_eq!(ended.stdout.lines().count(), 1);

        let kept = user.kept();
        let entry = &kept["instances"]["My photos"];
        assert_eq!(kept["version"], 1);
        assert_eq!(entry["vocabulary"], vocabulary);
        assert_eq!(entry["connector"], "instagram");
        assert_eq!(entry["sandbox"], true);
        assert!(entry["base_url"].as_str().unwrap().ends_with(path), "{entry}");
        let instance = &entry["instance"]["instance"];
        assert_eq!(instance[noun]["key"], "instagram");
        assert_eq!(instance["name"], "My photos");
        assert_eq!(instance["tags"][0], "team-a");
        assert!(instance["token"].as_str().unwrap().starts_with("sandbox-instance-token"));
        ended.hides([instance["token"].as_str().unwrap()]);
    }
}

#[test]
fn the_other_connectors_and_forms() {
    for arguments in [
        &["connect", "dropbox", "--sandbox", "--yes", "--post"][..],
        &["connect", "dropbox", "--sandbox", "--yes", "--callback-url", "http://127.0.0.1:0/auth"],
        &["connect", "servicenow", "--sandbox", "--yes"],
        &["connect", "etsy", "--sandbox", "--yes"],
    ] {
        let user = User::new();
        let ended = user.run(arguments);
        if arguments.contains(&"--callback-url") {
            // Port 0 is none.
            assert_eq!(ended.code, Some(2), "{ended:?}");
        } else {
            assert_eq!(ended.code, Some(0), "{ended:?}");
            assert!(user.kept()["instances"][arguments[1]].is_object());
        }
    }
}

#[test]
fn a_second_instance_gets_a_name_of_its_own() {
    let user = User::new();
    for name in ["instagram", "instagram-2", "instagram-3"] {
        let ended = user.run(&["connect", "instagram", "--sandbox", "--yes", "--json"]);
        assert_eq!(serde_json::from_str::<Value>(&ended.stdout).unwrap()["name"], name);
    }
    let ended = user.run(&["connect", "instagram", "--sandbox", "--yes", "--name", "instagram-2"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: an instance named instagram-2 is stored already\n  help: choose another --name, or `your-moms instances \
         remove instagram-2`\n"
    );
}

#[test]
fn an_unknown_connector_is_refused_by_the_platform() {
    let user = User::new();
    let ended = user.run(&["connect", "nosuch", "--sandbox", "--yes"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    assert_shown(
        &ended.stderr,
        str![[r#"
error: the platform does not say what nosuch needs
  caused by: the platform's response is not the one asked for
  caused by: the platform refused the request (status 404)
  the platform says: No your_mom found
  request id: [..]

"#]],
    );
    assert!(!user.store().exists());
}

#[test]
fn a_call_through_a_sandbox_that_has_ended_says_so() {
    let user = User::new();
    user.run(&["connect", "instagram", "--sandbox", "--yes"]);
    let ended = user.run(&["call", "GET", "/ping"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        ended.stderr,
        "error: instagram was connected to a sandbox that ended with its program\n  help: for one that stays, run \
         `your-moms sandbox` and connect with its --base-url\n"
    );
}
