//! Once an account is connected: requests through a stored instance, and what is stored.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{self, Running, User, base_url, platform};

/// A user with an instance of the basic connector at `server`: no browser is needed for one.
pub(crate) fn connected(server: &your_moms_sandbox::Server) -> User {
    let user = User::of(server).with("YOUR_MOMS_CONFIG_PASSWORD", "pass-SENTINEL");
    let ended = user.run(&[
        "connect",
        "servicenow",
        "--base-url",
        &base_url(server),
        "--config",
        "username=me",
        "--name",
        "desk",
    ]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    user
}

#[test]
fn the_body_of_a_call_comes_from_the_command_line_a_file_or_standard_input() {
    let server = platform();
    let user = connected(&server);
    let body = "{\"b\": 1.50, \"a\": 12345678901234567890}";
    let file = user.file("body.json", body);
    let lengths = |user: &User| {
        for data in [body, &file] {
            // The sandbox knows no such call; what counts is what came.
            assert_eq!(user.run(&["call", "POST", "/ping", "--data", data]).code, Some(4));
        }
        let mut command = user.command(&["call", "POST", "/ping", "--data", "-"]);
        let mut running = Running::of(command.stdin(Stdio::piped()).spawn().unwrap());
        running.child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
        assert_eq!(running.end().code, Some(4));
        let sandbox = server.sandbox();
        sandbox.journal().iter().rev().take(3).map(|record| record.body_length).collect::<Vec<_>>()
    };
    assert_eq!(lengths(&user), [body.len(); 3]);

    let ended = user.run(&["call", "POST", "/ping", "--data", "{\"password\": SENTINEL}"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: the body is not JSON: see line 1, column 14\n  help: `your-moms check` says more about a file\n"
    );
}

#[test]
fn a_token_goes_to_its_own_platform_only() {
    let server = platform();
    let other = platform();
    let user = connected(&server);
    let ended = user.run(&["call", "GET", "/ping", "--base-url", &base_url(&other)]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        format!(
            "error: desk is an instance of {}\n  help: leave --base-url out: a token is sent only to the platform that it \
             came from\n",
            base_url(&server)
        )
    );
    assert!(other.sandbox().journal().is_empty());
}

/// Where the environment names the platform, its secrets are that platform's.
#[test]
fn secrets_stay_with_the_platform_that_the_environment_names() {
    let (server, other) = (platform(), platform());
    let url = base_url(&server);
    let elsewhere = base_url(&other);
    let connect = ["connect", "servicenow", "--config", "username=me"];
    // However it is spelled.
    let mut user = connected(&server);
    for spelled in [format!("{url}/"), url.replace("http:", "HTTP:")] {
        user = user.with("YOUR_MOMS_BASE_URL", &spelled);
        assert_eq!(user.run(&connect).code, Some(0), "{spelled}");
        assert_eq!(user.run(&["call", "GET", "/ping", "--instance", "desk"]).code, Some(0), "{spelled}");
        assert_eq!(
            user.run(&["call", "GET", "/ping", "--instance", "desk", "--base-url", &spelled]).code,
            Some(0)
        );
    }
    // Those that the store knows may go where they were given for.
    let user = user.with("YOUR_MOMS_BASE_URL", &elsewhere);
    assert_eq!(user.run(&["call", "GET", "/ping", "--instance", "desk"]).code, Some(0));
    // Of others it knows nothing but what stands beside them.
    let user = user.with("YOUR_MOMS_USER_SECRET", "new");
    let requests = || server.sandbox().journal().iter().count();
    let before = requests();
    for arguments in
        [&["call", "GET", "/ping", "--instance", "desk"][..], &["instances", "remove", "desk", "--delete"]]
    {
        let ended = user.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        let what =
            format!("error: these secrets are for {elsewhere}, and this is {url}\n  nothing was sent\n");
        assert!(ended.stderr.starts_with(&what), "{ended:?}");
    }
    assert_eq!(requests(), before);
    // The command line decides.
    assert_eq!(user.run(&["call", "GET", "/ping", "--instance", "desk", "--base-url", &url]).code, Some(4));
}

/// What a user who changes between platforms would leak otherwise.
#[test]
fn secrets_go_to_the_platform_that_they_were_given_for() {
    let servers =
        [7, 8].map(|seed| your_moms_sandbox::Server::start(your_moms_sandbox::Sandbox::new(seed)).unwrap());
    let [one, two] = &servers;
    let [first, second] = [connected(one), connected(two)];
    // Both in one store.
    let mut kept = first.kept();
    let instances = kept["instances"].as_object_mut().unwrap();
    instances.insert("other".to_owned(), second.kept()["instances"]["desk"].clone());
    std::fs::write(first.store(), kept.to_string()).unwrap();
    let requests = |server: &your_moms_sandbox::Server| server.sandbox().journal().iter().count();
    let before = requests(two);
    for arguments in [
        &["call", "GET", "/ping", "--instance", "other"][..],
        &["instances", "disable", "other"],
        &["instances", "remove", "other", "--delete"],
    ] {
        let ended = first.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert_eq!(
            ended.stderr,
            format!(
                "error: these secrets are for {}, and this is {}\n  nothing was sent\n  help: give the secrets of this \
                 platform; or if they are the same: --base-url {}\n",
                base_url(one),
                base_url(two),
                base_url(two),
            )
        );
    }
    // A variable that names the platform is not the command line: it may be left over from another.
    let elsewhere =
        first.command(&["instances", "list", "--remote"]).env("YOUR_MOMS_BASE_URL", base_url(two)).output();
    let elsewhere = support::Ended::from(elsewhere.unwrap());
    assert_eq!(elsewhere.code, Some(2), "{elsewhere:?}");
    assert!(elsewhere.stderr.starts_with("error: these secrets are for "), "{elsewhere:?}");
    assert_eq!(requests(two), before);
    assert_eq!(first.run(&["call", "GET", "/ping", "--instance", "desk"]).code, Some(0));
    // Whom the user names gets them: these are wrong there.
    let named = ["call", "GET", "/ping", "--instance", "other", "--base-url", &base_url(two)];
    assert_eq!(first.run(&named).code, Some(4));
    // Secrets that are nobody's, new ones for example, are tried.
    let rotated = first.with("YOUR_MOMS_USER_SECRET", "new");
    assert_eq!(rotated.run(&["call", "GET", "/ping", "--instance", "desk"]).code, Some(4));
}

#[test]
fn what_is_stored_is_listed_and_shown_without_secrets() {
    let server = platform();
    let user = connected(&server);
    let url = base_url(&server);
    let kept = user.kept();
    let entry = &kept["instances"]["desk"];
    let token = entry["instance"]["instance"]["token"].as_str().unwrap();
    let hidden = [token, "pass-SENTINEL"];

    let ended = user.run(&["instances", "list"]);
    assert_eq!(
        (ended.code, ended.stdout.as_str()),
        (Some(0), format!("desk  servicenow  123  {url}\n").as_str())
    );
    ended.hides(hidden);

    let tags = &entry["instance"]["instance"]["tags"];
    let summary = json!({
        "name": "desk", "id": 123, "connector": "servicenow", "base_url": url, "vocabulary": "your_moms",
        "sandbox": false, "kept_at": entry["kept_at"], "tags": tags,
    });
    let ended = user.run(&["instances", "list", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&ended.stdout).unwrap(), json!([summary]));
    ended.hides(hidden);
    let ended = user.run(&["instances", "show", "desk", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&ended.stdout).unwrap(), summary);
    ended.hides(hidden);

    let ended = user.run(&["instances", "show", "desk"]);
    let (kept_at, tag) = (entry["kept_at"].as_str().unwrap(), tags[0].as_str().unwrap());
    assert_eq!(
        ended.stdout,
        format!(
            "name       desk\nid         123\nconnector  servicenow\nplatform   {url}\ntags       {tag}\nstored at  \
             {kept_at}\ntoken      stored; --token prints it\n"
        )
    );
    ended.hides(hidden);
    assert_eq!(user.run(&["instances", "show", "desk", "--token"]).stdout, format!("{token}\n"));
    let ended = user.run(&["instances", "show", "desk", "--token", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&ended.stdout).unwrap(), json!({ "token": token }));
}
