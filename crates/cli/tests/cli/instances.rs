//! What becomes of instances after they were connected: here, and on the platform.

use serde_json::{Value, json};
use your_moms_sandbox::Server;

use crate::later::connected;
use crate::support::{Ended, User, allow, base_url, get, platform, secrets};

fn json_of(ended: &Ended) -> Value {
    assert_eq!(ended.code, Some(0), "{ended:?}");
    serde_json::from_str(&ended.stdout).unwrap()
}

fn nothing() -> Value {
    json!({ "version": 1, "instances": {} })
}

fn token(user: &User, name: &str) -> String {
    let kept = user.kept();
    let token = kept.pointer(&format!("/instances/{name}/instance/instance/token"));
    token.unwrap().as_str().unwrap().to_owned()
}

/// What the platform says of the only instance.
fn on_platform(server: &Server, user: &User) -> Value {
    let listed = user.run(&["instances", "list", "--remote", "--json", "--base-url", &base_url(server)]);
    json_of(&listed).pointer_mut("/0").unwrap().take()
}

#[test]
fn one_is_removed_from_here_and_adopted_again() {
    let server = platform();
    let user = connected(&server);
    let (before, url) = (user.kept(), base_url(&server));
    let ended = user.run(&["instances", "remove", "desk"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: desk was not removed: nobody is here to be asked\n  help: --delete deletes it on the platform, too; \
         --keep removes it from here alone\n"
    );
    assert_eq!(user.kept(), before);

    let ended = user.run(&["instances", "remove", "desk", "--keep"]);
    assert_eq!(ended.stdout, format!("Removed desk from {}\n", user.store().display()));
    let adopt = format!("your-moms instances adopt 123 --base-url {url}");
    assert!(ended.stderr.ends_with(&format!("To store it again: {adopt}\n")), "{ended:?}");
    assert_eq!(user.kept(), nothing());
    assert_eq!(server.sandbox().instances().len(), 1);

    let arguments: Vec<_> = adopt.split(' ').skip(1).chain(["--name", "desk"]).collect();
    let ended = user.run(&arguments);
    let adopted =
        format!("Adopted servicenow, instance 123, as \"desk\"; stored in {}\n", user.store().display());
    assert_eq!(ended, Ended { code: Some(0), stdout: adopted, stderr: String::new() });
    let mut after = user.kept();
    after["instances"]["desk"]["kept_at"] = before["instances"]["desk"]["kept_at"].clone();
    assert_eq!(after["instances"]["desk"]["instance"]["instance"]["token"], token(&user, "desk"));
    assert_eq!(user.run(&["call", "GET", "/ping"]).code, Some(0));

    let ended = user.run(&arguments);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.starts_with("error: this instance is stored already, as desk\n"), "{ended:?}");
    let ended = user.run(&["instances", "adopt", "4711", "--base-url", &url]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    assert!(
        ended.stderr.starts_with("error: instance 4711 was not adopted: status 404 Not Found\n"),
        "{ended:?}"
    );
}

#[test]
fn one_is_deleted_there_too_and_gone_already_is_fine() {
    let server = platform();
    let user = connected(&server);
    let ended = user.run(&["instances", "remove", "desk", "--delete", "--yes", "--json"]);
    assert_eq!(json_of(&ended), json!({ "removed": "desk", "deleted": true }));
    assert_eq!(server.sandbox().instances(), []);

    // Deleted by somebody else meanwhile.
    let user = connected(&server);
    let kept = std::fs::read(user.store()).unwrap();
    assert_eq!(user.run(&["instances", "remove", "desk", "--delete"]).code, Some(0));
    std::fs::write(user.store(), kept).unwrap();
    let ended = user.run(&["instances", "remove", "desk", "--delete"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), "It no longer exists on the platform.\n"));
    assert_eq!(user.kept(), nothing());

    // Wrong secrets do not hinder a deletion by the token, and a token that is refused then shows nothing.
    let user = connected(&server).with("YOUR_MOMS_USER_SECRET", "wrong");
    let ended = user.run(&["instances", "remove", "desk", "--delete"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{ended:?}");
    assert!(ended.stderr.contains("  desk is still stored here\n"), "{ended:?}");
    ended.hides(secrets(&server).iter().map(String::as_str));
    assert!(user.kept()["instances"]["desk"].is_object());
}

#[test]
fn one_is_renamed_tagged_disabled_and_enabled() {
    let server = platform();
    let user = connected(&server);
    let token_before = token(&user, "desk");
    let marker = on_platform(&server, &user)["tags"][0].clone();

    let ended = user.run(&["instances", "rename", "desk", "support desk"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "Renamed desk to support desk\n"), "{ended:?}");
    assert_eq!(on_platform(&server, &user)["name"], "support desk");
    assert_eq!(token(&user, "support desk"), token_before);

    let ended = user.run(&["instances", "update", "support desk", "--tag", "a", "--tag", "b", "--json"]);
    assert_eq!(json_of(&ended), json!({ "updated": "support desk", "tags": ["a", "b", marker] }));
    let of_tag = |tag: &str| {
        let url = base_url(&server);
        let arguments = ["instances", "list", "--remote", "--tag", tag, "--json", "--base-url", &url];
        json_of(&user.run(&arguments)).as_array().unwrap().len()
    };
    assert_eq!([of_tag("a"), of_tag("c")], [1, 0]);
    let stored = user.kept()["instances"]["support desk"]["instance"]["instance"]["tags"].clone();
    assert_eq!(stored, json!(["a", "b", marker]));

    let ended = user.run(&["instances", "disable", "support desk"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "support desk is disabled\n"), "{ended:?}");
    assert_eq!(user.run(&["call", "GET", "/ping"]).code, Some(4));
    let row = user.run(&["instances", "list", "--remote", "--base-url", &base_url(&server)]).stdout;
    let tags = format!("a, b, {}", marker.as_str().unwrap());
    assert_eq!(row, format!("support desk  servicenow  123  {tags}  (stored as support desk, disabled)\n"));
    let ended = user.run(&["instances", "enable", "support desk", "--json"]);
    assert_eq!(json_of(&ended), json!({ "enabled": "support desk" }));
    assert_eq!(user.run(&["call", "GET", "/ping"]).code, Some(0));

    for wrong in [&["instances", "rename", "other", "x"][..], &["instances", "update", "other", "--no-tags"]]
    {
        let ended = user.run(wrong);
        assert!(ended.code == Some(2) && ended.stderr.contains("no instance named other"), "{ended:?}");
    }
    assert_eq!(user.run(&["instances", "update", "support desk"]).code, Some(2));
}

/// A creation whose record is all that is left is over once its instance is adopted.
#[test]
fn adopting_ends_a_creation() {
    let server = platform();
    let user = connected(&server);
    let marker = on_platform(&server, &user)["tags"][0].clone();
    let url = base_url(&server);
    let mut kept = nothing();
    kept["creations"] = json!([{
        "name": "desk", "base_url": url, "vocabulary": "your_moms", "sandbox": false,
        "started_at": "2026-11-24T08:00:00Z",
        "record": {
            "version": 1, "connector": "servicenow", "marker": marker, "named": false,
            "started_on": { "base_url": url, "noun": "your_mom" },
        },
    }]);
    std::fs::write(user.store(), kept.to_string()).unwrap();
    assert_eq!(user.run(&["instances", "adopt", "123", "--base-url", &url]).code, Some(0));
    assert_eq!(user.kept().get("creations"), None);
    assert!(user.kept()["instances"]["servicenow"].is_object());
}

#[test]
fn one_is_authorized_anew_in_place() {
    let server = platform();
    let (user, url) = (User::of(&server), base_url(&server));
    let connect = |more: &[&str]| {
        let mut running = user.start(&[&["connect", "instagram", "--base-url", &url], more].concat());
        let link = running.link();
        assert_eq!(get(&allow(&server, &link)).status, 200);
        running.end()
    };
    assert_eq!(connect(&[]).code, Some(0));
    let before = token(&user, "instagram");
    assert!(server.sandbox().revoke(123));

    let ended = connect(&["--reauthorize", "instagram"]);
    let said = "Authorized instagram anew: instance 123 \"instagram\", with the same token\n";
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), said), "{ended:?}");
    ended.hides(secrets(&server).iter().map(String::as_str).chain([before.as_str()]));
    assert_eq!(token(&user, "instagram"), before);
    assert_eq!(server.sandbox().instances().len(), 1);
    assert_eq!(user.run(&["call", "GET", "/hubs/social/media"]).code, Some(0));
    assert_eq!(user.kept()["instances"]["instagram"]["instance"]["instance"]["valid"], true);

    // Without a terminal nobody is asked, and the second account is connected.
    let ended = connect(&[]);
    let hint = "instagram is connected already: instagram. --reauthorize NAME authorizes one anew.\n";
    assert!(ended.code == Some(0) && ended.stderr.starts_with(hint), "{ended:?}");
    assert!(user.kept()["instances"]["instagram-2"].is_object());

    for (arguments, error) in [
        (["connect", "dropbox", "--base-url", &url], "instagram is an instance of instagram, not of dropbox"),
        (
            ["connect", "instagram", "--base-url", "http://127.0.0.1:1"],
            "instagram is an instance of http://127.0.0.1",
        ),
    ] {
        let ended = user.run(&[&arguments[..], &["--reauthorize", "instagram"]].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(ended.stderr.starts_with(&format!("error: {error}")), "{ended:?}");
    }
}

/// What is stored about an instance decides in which words its token is sent.
#[test]
fn an_adopted_instance_speaks_the_words_of_its_platform() {
    let server = platform();
    let user = connected(&server);
    let url = server.base_url(your_moms_sandbox::Noun::Element);
    let ended = user.run(&["instances", "adopt", "123", "--name", "other", "--base-url", &url]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(user.kept()["instances"]["other"]["vocabulary"], "elements");
    assert_eq!(user.run(&["call", "GET", "/ping", "--instance", "other"]).code, Some(0));
}

/// Terminals show names, and obey what else is in them.
#[test]
fn a_name_can_be_printed() {
    let server = platform();
    let user = connected(&server);
    let (url, kept) = (base_url(&server), user.kept());
    for name in ["a\u{1b}[31m", "a\nb", "\u{9b}2J", "a\u{202e}b", ""] {
        for arguments in [
            &["connect", "servicenow", "--base-url", &url, "--name", name][..],
            &["instances", "rename", "desk", name],
            &["instances", "adopt", "123", "--base-url", &url, "--name", name],
        ] {
            let ended = user.run(arguments);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{name:?}: {ended:?}");
        }
    }
    assert_eq!(user.kept(), kept);
    // As if a terminal were there: colours are fine, and nothing else.
    let unknown = user.command(&["instances", "show", "a\u{1b}[2Jb"]).env("CLICOLOR_FORCE", "1").output();
    let ended = Ended::from(unknown.unwrap());
    assert!(ended.stderr.contains("no instance named a[2Jb is stored"), "{ended:?}");
    assert!(ended.stderr.contains("\u{1b}["), "{ended:?}");
}
