//! The first command of a newcomer: the whole job over real sockets, with no account and no network.

use crate::support::{User, assert_shown};
use serde_json::{Value, json};
use snapbox::str;

/// What a newcomer sees: a result, and that nothing of it is kept.
#[test]
fn connects_and_ends_with_a_request_through_the_instance() {
    let user = User::new();
    let ended = user.run(&["connect", "instagram", "--sandbox", "--yes"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.stdout,
        "Connected instagram as instance 123 \"instagram\"\nGET /hubs/social/media: 3 items\n"
    );
    assert_shown(
        &ended.stderr,
        str![[r#"
1/3 Asking the platform for the OAuth URL
2/3 Allowing access, as a browser would:
    http://127.0.0.1:[..]/provider/instagram/oauth/authorize?response_type=code&client_id=sandbox-instagram-client-id&redirect_uri=http%3A%2F%2F127.0.0.1%3A[..]%2Fcallback&scope=basic+comments+relationships+likes&state=[..]
3/3 Creating the instance (this can take half a minute)
Nothing was saved: the sandbox ended with this command. For one that stays:
    your-moms sandbox --port 8630  # prints secrets to export
    your-moms connect instagram --base-url http://127.0.0.1:8630/your_moms/api-v2

"#]],
    );
    assert!(!user.store().exists());
}

#[test]
fn json_is_one_object_and_says_that_nothing_is_kept() {
    for vocabulary in ["your_moms", "elements"] {
        let user = User::new();
        let arguments = [
            "connect",
            "instagram",
            "--sandbox",
            "--yes",
            "--json",
            "--name",
            "My photos",
            "--tag",
            "team-a",
        ];
        let ended = user.run(&[&arguments[..], &["--vocabulary", vocabulary]].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let printed: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(
            printed,
            json!({ "id": 123, "name": "My photos", "connector": "instagram", "kept": null })
        );
        assert_eq!(ended.stdout.lines().count(), 1);
        assert!(ended.stderr.contains("\nGET /hubs/social/media: 3 items\n"), "{ended:?}");
        let stays =
            format!("your-moms connect instagram --base-url http://127.0.0.1:8630/{vocabulary}/api-v2\n");
        assert!(ended.stderr.ends_with(&stays), "{ended:?}");
        assert!(!user.store().exists());
    }
}

/// Whatever it is, it is connected, and has something to show.
#[test]
fn every_connector_of_the_sandbox_ends_with_a_list() {
    let connectors = your_moms_sandbox::Sandbox::new(1).connectors();
    assert_eq!(connectors.len(), 15);
    for connector in connectors {
        let user = User::new();
        let ended = user.run(&["connect", &connector.key, "--sandbox", "--yes"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let line = ended.stdout.lines().last().unwrap();
        let (path, items) = line.strip_prefix("GET ").unwrap().split_once(": ").unwrap();
        assert_eq!(Some(path.to_owned()), connector.list);
        assert!(items.strip_suffix(" items").unwrap().parse::<u32>().unwrap() > 1, "{line}");
        assert!(!user.store().exists());
    }
}

#[test]
fn the_other_forms() {
    let user = User::new();
    let ended = user.run(&["connect", "dropbox", "--sandbox", "--yes", "--post"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // Port 0 is none.
    let arguments = ["connect", "dropbox", "--sandbox", "--yes", "--callback-url", "http://127.0.0.1:0/auth"];
    assert_eq!(user.run(&arguments).code, Some(2));
}

/// What is stored has nothing to do with a sandbox that ends.
#[test]
fn a_store_that_cannot_be_used_does_not_keep_the_sandbox_from_starting() {
    let user = User::new();
    std::fs::create_dir_all(user.store()).unwrap();
    assert_eq!(user.run(&["connect", "instagram", "--sandbox", "--yes"]).code, Some(0));
    // Nor does what the environment says of another platform.
    let user = User::new().with("YOUR_MOMS_BASE_URL", "http://127.0.0.1:1/your_moms/api-v2");
    assert_eq!(user.run(&["connect", "instagram", "--sandbox", "--yes"]).code, Some(0));
}

#[test]
fn a_second_instance_gets_a_name_of_its_own() {
    let user = User::ready();
    let connect = ["connect", "servicenow", "--config", "username=me", "--json"];
    for name in ["servicenow", "servicenow-2", "servicenow-3"] {
        let ended = user.run(&connect);
        assert_eq!(serde_json::from_str::<Value>(&ended.stdout).unwrap()["name"], name);
    }
    let ended = user.run(&["connect", "servicenow", "--name", "servicenow-2"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: an instance named servicenow-2 is stored already\n  help: choose another --name, or `your-moms instances \
         remove servicenow-2`\n"
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
error: the platform has no connector nosuch: status 404 Not Found
  the platform says: No your_mom found
  request id: [..]
  tried: GET http://127.0.0.1:[..]/your_moms/api-v2/your_moms/nosuch/configuration
  help: `your-moms connectors --sandbox` lists those it has

"#]],
    );
    assert!(!user.store().exists());
}

/// As earlier releases stored it.
#[test]
fn a_call_through_a_sandbox_that_has_ended_says_so() {
    let user = User::ready();
    assert_eq!(user.run(&["connect", "servicenow", "--config", "username=me"]).code, Some(0));
    let mut kept = user.kept();
    *kept.pointer_mut("/instances/servicenow/sandbox").unwrap() = true.into();
    std::fs::write(user.store(), kept.to_string()).unwrap();
    let ended = user.run(&["call", "GET", "/ping"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        ended.stderr,
        "error: servicenow was connected to a sandbox that ended with its program\n  help: for one that stays, run \
         `your-moms sandbox` and connect with its --base-url\n"
    );
}

/// Every connector of the catalogue, by its key and by its number.
#[test]
fn every_connector_ends_with_a_request_through_its_instance() {
    for it in your_moms_sandbox::Sandbox::new(1).connectors() {
        for name in [it.key.clone(), it.id.to_string()] {
            let ended = User::new().run(&["connect", &name, "--sandbox", "--yes"]);
            assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
            let list = it.list.as_deref().unwrap();
            let (connected, request) = ended.stdout.split_once('\n').unwrap();
            assert_eq!(connected, format!("Connected {name} as instance 123 \"{name}\""));
            let amount = request.strip_prefix(&format!("GET {list}: ")).unwrap();
            assert!(amount.ends_with(" items\n") || amount == "1 item\n", "{name}: {amount}");
        }
    }
}
