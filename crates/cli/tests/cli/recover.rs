//! `recover`: what is left of a creation that was cut short.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use snapbox::str;
use your_moms_sandbox::{Call, Fault, Moment, Server};

use crate::support::{Ended, User, allow, assert_shown, base_url, get, platform, secrets};

/// Far longer than any test runs.
const NEVER: Fault = Fault::Delay(Duration::from_secs(3600));

/// Connects, and kills the program once the sandbox has seen the creation. `fault` is what the response becomes.
fn killed(server: &Server, fault: Fault) -> User {
    server.sandbox().fail_next(Call::CreateInstance, fault);
    let user = User::of(server);
    let mut running =
        user.start(&["connect", "instagram", "--name", "Photos", "--base-url", &base_url(server)]);
    let link = running.link();
    assert_eq!(get(&allow(server, &link)).status, 200);
    let created = |server: &Server| {
        server.sandbox().journal().iter().any(|record| record.call == Some(Call::CreateInstance))
    };
    while !created(server) {
        std::thread::yield_now();
    }
    // SIGKILL: nothing of the program runs after this.
    running.child.kill().unwrap();
    running.end();
    user
}

/// Puts the start of every creation in the store a day back.
fn a_day_later(user: &User) {
    let mut kept = user.kept();
    *kept.pointer_mut("/creations/0/started_at").unwrap() = "2026-01-01T00:00:00Z".into();
    fs::write(user.store(), kept.to_string()).unwrap();
}

fn nothing_left() -> Value {
    json!({ "version": 1, "instances": {} })
}

#[test]
fn a_program_that_was_killed_after_the_instance_was_made_loses_nothing() {
    let server = platform();
    let user = killed(&server, NEVER);
    assert_eq!(server.sandbox().instances().len(), 1);

    // What is stored until then holds no secret.
    let kept = user.kept();
    assert_eq!(kept["instances"], json!({}));
    let marker = kept["creations"][0]["record"]["marker"].as_str().unwrap();
    let creation = json!({
        "name": "Photos", "base_url": base_url(&server), "vocabulary": "your_moms", "sandbox": false,
        "started_at": kept["creations"][0]["started_at"],
        "record": {
            "version": 1, "connector": "instagram", "marker": marker, "named": false,
            "started_on": { "base_url": base_url(&server), "noun": "your_mom" },
        },
        "secrets_mark": kept["creations"][0]["secrets_mark"],
    });
    assert_eq!(kept["creations"], json!([creation]));
    assert_eq!(kept["creations"][0]["secrets_mark"].as_str().map(str::len), Some(8));

    // Other commands say so, and leave it alone.
    let reminder = "An earlier creation is not finished; `your-moms recover` looks for its instance.\n";
    let ended = user.run(&["instances", "list", "--json"]);
    assert_eq!(ended, Ended { code: Some(0), stdout: "[]\n".to_owned(), stderr: reminder.to_owned() });
    let ended = user.run(&["connect", "dropbox", "--sandbox", "--yes"]);
    assert!(ended.code == Some(0) && ended.stderr.starts_with(reminder), "{ended:?}");
    assert_eq!(user.kept()["creations"], json!([creation]));

    let ended = user.run(&["recover"]);
    let recovered =
        format!("Recovered instagram as instance 123 \"Photos\"; stored in {}\n", user.store().display());
    assert_eq!(ended, Ended { code: Some(0), stdout: recovered, stderr: String::new() });
    let kept = user.kept();
    assert_eq!(kept.get("creations"), None);
    assert_eq!(kept["instances"]["Photos"]["connector"], "instagram");
    assert_eq!(kept["instances"]["Photos"]["instance"]["instance"]["tags"], json!([marker]));
    assert_eq!(server.sandbox().instances().len(), 1);
    ended.hides(secrets(&server).iter().map(String::as_str));
    ended.hides([kept["instances"]["Photos"]["instance"]["instance"]["token"].as_str().unwrap()]);

    let ended = user.run(&["call", "GET", "/ping", "--instance", "Photos"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), "200 OK\n"), "{ended:?}");
    let ended = user.run(&["recover"]);
    let nothing = format!("There is nothing to recover in {}.\n", user.store().display());
    assert_eq!(ended, Ended { code: Some(0), stdout: String::new(), stderr: nothing });
}

#[test]
fn a_creation_that_made_nothing_is_dropped_after_a_day() {
    let server = platform();
    let user = killed(&server, Fault::Reset(Moment::Before));
    assert_eq!(server.sandbox().instances(), []);
    let ended = user.run(&["recover"]);
    let line = "Not found: Photos. It was not created, or does not show yet: try again later\n";
    assert_eq!(ended, Ended { code: Some(0), stdout: line.to_owned(), stderr: String::new() });
    assert_eq!(user.kept()["creations"][0]["name"], "Photos");

    a_day_later(&user);
    let ended = user.run(&["recover", "--json"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        serde_json::from_str::<Value>(&ended.stdout).unwrap(),
        json!([{
            "name": "Photos", "connector": "instagram", "base_url": base_url(&server), "outcome": "dropped",
            "reason": "no instance has shown for a day",
        }])
    );
    assert_eq!(user.kept(), nothing_left());
}

#[test]
fn an_instance_is_recovered_after_a_day_too_and_json_says_so() {
    let server = platform();
    let user = killed(&server, NEVER);
    a_day_later(&user);
    let ended = user.run(&["recover", "--json"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        serde_json::from_str::<Value>(&ended.stdout).unwrap(),
        json!([{
            "name": "Photos", "connector": "instagram", "base_url": base_url(&server), "outcome": "recovered",
            "id": 123,
        }])
    );
    assert_eq!(user.kept()["instances"]["Photos"]["instance"]["instance"]["id"], 123);
}

/// As when a program recovers the instance that another one still waits for.
#[test]
fn an_instance_is_not_stored_twice() {
    let server = platform();
    let user = killed(&server, NEVER);
    let creations = user.kept()["creations"].clone();
    assert_eq!(user.run(&["recover"]).code, Some(0));
    let mut both = user.kept();
    both.as_object_mut().unwrap().insert("creations".to_owned(), creations);
    fs::write(user.store(), both.to_string()).unwrap();
    assert_eq!(user.run(&["recover"]).code, Some(0));
    let kept = user.kept();
    assert_eq!(kept["instances"].as_object().unwrap().keys().collect::<Vec<_>>(), ["Photos"]);
    assert_eq!(kept.get("creations"), None);

    // Nor where nothing stored says of which creation it is.
    both["instances"]["Photos"]["instance"]["instance"]["tags"] = json!([]);
    fs::write(user.store(), both.to_string()).unwrap();
    assert_eq!(user.run(&["recover"]).code, Some(0));
    let kept = user.kept();
    assert_eq!(kept["instances"].as_object().unwrap().keys().collect::<Vec<_>>(), ["Photos"]);
    assert_eq!(kept.get("creations"), None);
}

#[test]
fn a_platform_that_refuses_leaves_the_creation_where_it_is() {
    let server = platform();
    let user = killed(&server, NEVER).with("YOUR_MOMS_USER_SECRET", "SENTINEL");
    let ended = user.run(&["recover"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    assert_shown(
        &ended.stderr,
        str![[r#"
error: the platform does not say what became of Photos: status 401 Unauthorized
  the platform says: Invalid Organization or User secret, or invalid Your_mom token provided.
  request id: [..]
  tried: GET http://127.0.0.1:[..]/your_moms/api-v2/instances
  the creation is still stored here; `your-moms recover --forget` drops it
  help: check the user secret and the organization secret

"#]],
    );
    ended.hides(["SENTINEL"]);
    assert_eq!(user.kept()["creations"][0]["name"], "Photos");

    // Needs neither the platform nor the secrets.
    drop(server);
    let user = user.without("YOUR_MOMS_USER_SECRET").without("YOUR_MOMS_ORGANIZATION_SECRET");
    let ended = user.run(&["recover", "--forget"]);
    let line = "Dropped Photos: forgotten without looking\n";
    assert_eq!(ended, Ended { code: Some(0), stdout: line.to_owned(), stderr: String::new() });
    assert_eq!(user.kept(), nothing_left());
}

/// A creation as the store has it.
fn creation(name: &str, base_url: &str, sandbox: bool, digit: char) -> Value {
    json!({
        "name": name, "base_url": base_url, "vocabulary": "your_moms", "sandbox": sandbox,
        "started_at": "2026-11-24T08:00:00Z",
        "record": {
            "version": 1, "connector": "instagram", "marker": format!("ym-{}", digit.to_string().repeat(32)),
            "named": false, "started_on": { "base_url": base_url, "noun": "your_mom" },
        },
    })
}

fn with_creations(user: User, creations: &Value) -> User {
    fs::create_dir_all(user.store().parent().unwrap()).unwrap();
    let text = json!({ "version": 1, "instances": {}, "creations": creations });
    fs::write(user.store(), text.to_string()).unwrap();
    user
}

#[test]
fn a_sandbox_that_ended_with_its_program_has_nothing_to_recover() {
    let creations = json!([creation("instagram", "http://127.0.0.1:1/your_moms/api-v2", true, 'a')]);
    let user = with_creations(User::new(), &creations);
    let ended = user.run(&["recover"]);
    let line = "Dropped instagram: its sandbox ended with the program\n";
    assert_eq!(ended, Ended { code: Some(0), stdout: line.to_owned(), stderr: String::new() });
    assert_eq!(user.kept(), nothing_left());
}

#[test]
fn secrets_go_to_one_platform_only() {
    let (server, other) = (platform(), platform());
    let urls = [base_url(&server), base_url(&other)];
    let creations = json!([creation("one", &urls[0], false, 'a'), creation("two", &urls[1], false, 'b')]);
    let user = with_creations(User::of(&server), &creations);
    let ended = user.run(&["recover"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    let mut sorted = urls.clone();
    sorted.sort();
    assert_eq!(
        ended.stderr,
        format!(
            "error: there are creations on more than one platform\n  help: name one with --base-url: {}\n",
            sorted.join(", ")
        )
    );
    let ended = user.run(&["recover", "--base-url", &urls[0]]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.starts_with("Not found: one."), "{ended:?}");
    assert!(other.sandbox().journal().is_empty());
    assert_eq!(user.kept()["creations"], creations);
}
