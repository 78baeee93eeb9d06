//! Where values come from, and what is said when they are wrong. Nothing of them is ever printed.

use serde_json::json;

use crate::support::{User, allow, base_url, get, parameter, platform, secrets};

const SENTINEL: &str = "SENTINEL+/value=";

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let ended = User::new().run(&["connect", "instagram"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: 4 values are missing
  user secret: YOUR_MOMS_USER_SECRET, or --user-secret @FILE
  organization secret: YOUR_MOMS_ORGANIZATION_SECRET, or --organization-secret @FILE
  API key: YOUR_MOMS_API_KEY, or --api-key
  API secret: YOUR_MOMS_API_SECRET, or --api-secret @FILE
  help: set the variables; at a terminal this program asks for what is missing
"
    );
}

#[test]
fn entries_of_a_connector_without_oauth_are_named_too() {
    let server = platform();
    let ended = User::of(&server).run(&["connect", "servicenow", "--base-url", &base_url(&server)]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: 2 values are missing
  username: YOUR_MOMS_CONFIG_USERNAME, or --config username=…
  password: YOUR_MOMS_CONFIG_PASSWORD, or --config password=@FILE
  help: set the variables; at a terminal this program asks for what is missing
"
    );
    assert_eq!(server.sandbox().instances(), []);
}

#[test]
fn entries_come_from_the_environment_and_from_options() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", SENTINEL);
    let base_url = base_url(&server);
    let ended =
        user.run(&["connect", "servicenow", "--base-url", &base_url, "--config", "username=me", "--json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let kept = user.kept();
    let configuration = &kept["instances"]["servicenow"]["instance"]["instance"]["configuration"];
    assert_eq!((&configuration["username"], &configuration["password"]), (&"me".into(), &SENTINEL.into()));
    ended.hides([SENTINEL]);

    let file = user.file("password", SENTINEL);
    let entry = format!("password={file}");
    let ended = user.without("YOUR_MOMS_CONFIG_PASSWORD").run(&[
        "connect",
        "servicenow",
        "--base-url",
        &base_url,
        "--config",
        "username=me",
        "--config",
        &entry,
    ]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn secrets_are_taken_from_files() {
    let server = platform();
    let user = User::of(&server);
    let (client, credentials) = {
        let sandbox = server.sandbox();
        (sandbox.client("dropbox").unwrap().clone(), sandbox.credentials().clone())
    };
    let user_secret = user.file("user", &format!("{}\r\n", credentials.user_secret));
    let api_secret = user.file("api", &format!("{}\n", client.api_secret));
    let user =
        user.without("YOUR_MOMS_USER_SECRET").without("YOUR_MOMS_API_KEY").without("YOUR_MOMS_API_SECRET");
    let mut running = user.start(&[
        "connect",
        "dropbox",
        "--base-url",
        &base_url(&server),
        "--user-secret",
        &user_secret,
        "--api-key",
        &client.api_key,
        "--api-secret",
        &api_secret,
    ]);
    let link = running.link();
    assert_eq!(get(&allow(&server, &link)).status, 200);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_secret_as_an_argument_is_refused_and_not_repeated() {
    let user = User::new();
    let secret_parameter = format!("secret={SENTINEL}");
    let entry = format!("oauth.user.token={SENTINEL}");
    for (arguments, option) in [
        (["--user-secret", SENTINEL], "--user-secret"),
        (["--organization-secret", SENTINEL], "--organization-secret"),
        (["--api-secret", SENTINEL], "--api-secret"),
    ] {
        let ended = user.run(&[&["connect", "instagram"], &arguments[..]].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert_eq!(
            ended.stderr,
            format!(
                "error: {option} does not take a secret itself
  arguments can be seen by other users and stay in the shell's history
  help: put it into a file and give {option} @FILE
"
            )
        );
    }
    for arguments in [
        ["--param", &secret_parameter],
        ["--config", &entry],
        ["--param", "SENTINEL"],
        ["--config", "SENTINEL"],
    ] {
        let ended = user.run(&[&["connect", "instagram", "--curl"], &arguments[..]].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        ended.hides(["SENTINEL"]);
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_read_for_ever() {
    let ended = User::ready().run(&["instances", "list", "--remote", "--user-secret", "@/dev/zero"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "error: /dev/zero, given by --user-secret, cannot be read\n  caused by: file too large\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let ended = User::new().run(&["connect", "instagram", "--user-secret", "@/nowhere/secret"]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(
        ended.stderr,
        "error: /nowhere/secret, given by --user-secret, cannot be read\n  caused by: No such file or directory (os error \
         2)\n"
    );
}

#[test]
fn wrong_secrets_are_refused_before_the_user_is_asked() {
    let server = platform();
    for variable in ["YOUR_MOMS_USER_SECRET", "YOUR_MOMS_ORGANIZATION_SECRET"] {
        let user = User::of(&server).with(variable, SENTINEL);
        let ended = user.run(&["connect", "instagram", "--base-url", &base_url(&server)]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
        let lines: Vec<_> = ended.stderr.lines().collect();
        assert_eq!(
            lines[0],
            "error: the platform does not say what instagram needs: status 401 Unauthorized"
        );
        assert_eq!(
            lines[1],
            "  the platform says: Invalid Organization or User secret, or invalid Your_mom token provided."
        );
        assert_eq!(lines[4], "  help: check the user secret and the organization secret");
        ended.hides(secrets(&server).iter().map(String::as_str));
        ended.hides([SENTINEL]);
    }
}

#[test]
fn a_wrong_api_secret_is_refused_when_the_instance_is_created() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_API_SECRET", SENTINEL);
    let mut running = user.start(&["connect", "instagram", "--base-url", &base_url(&server)]);
    let link = running.link();
    let redirect = allow(&server, &link);
    assert_eq!(get(&redirect).status, 200);
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    assert!(
        ended.stderr.contains("error: the instance was not created: status 403 Forbidden\n"),
        "{ended:?}"
    );
    assert!(ended.stderr.contains("  the provider says: "), "{ended:?}");
    ended.hides(secrets(&server).iter().map(String::as_str));
    ended.hides([SENTINEL, parameter(&redirect, "code").as_str()]);
    // The platform's own refusal is certain: nothing is left to recover.
    assert_eq!(user.kept(), json!({ "version": 1, "instances": {} }));
}

#[test]
fn values_that_cannot_be_used_say_why() {
    let server = platform();
    let base = base_url(&server);
    for (user, arguments, error) in [
        (
            User::of(&server).with("YOUR_MOMS_USER_SECRET", "<INSERT_USER_SECRET>"),
            &["connect", "instagram", "--base-url", &base][..],
            "the user secret is still the sample's placeholder; replace it with your own value",
        ),
        (
            User::of(&server),
            &["connect", "instagram", "--base-url", "http://platform.example/"],
            "the base URL is plain http to a host that is not a loopback address; use `https://`, or `http://127.0.0.1`",
        ),
        (
            User::of(&server),
            &["connect", "instagram", "--base-url", &base, "--callback-url", "http://app.example/auth"],
            "the callback URL is plain http to a host that is not a loopback address; use `https://`, or \
             `http://127.0.0.1`",
        ),
        (
            User::of(&server),
            &["connect", "instagram", "--vocabulary", "elements"],
            "--vocabulary elements needs --base-url",
        ),
    ] {
        let ended = user.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert!(ended.stderr.contains(&format!("error: {error}\n")), "{error} in {}", ended.stderr);
    }
}

#[test]
fn wrong_usage() {
    let user = User::new();
    for arguments in [
        &[][..],
        &["nosuch"],
        &["connect"],
        &["connect", "instagram", "--yes"],
        &["connect", "instagram", "--sandbox", "--yes", "--no-browser"],
        &["connect", "instagram", "--sandbox", "--yes", "--paste"],
        &["connect", "instagram", "--sandbox", "--base-url", "http://127.0.0.1:1/x"],
        &["connect", "instagram", "--sandbox", "--curl"],
        &["connect", "instagram", "--sandbox", "--yes", "--name", ""],
        &["connect", "..", "--sandbox", "--yes"],
        &["connect", "instagram", "--timeout", "0"],
        &["connect", "instagram", "--timeout", "601"],
        &["connect", "instagram", "--allow-http-callback"],
        &["connect", "instagram", "--sandbox", "--yes", "--callback-url", "https://app.example/auth"],
        &["call", "GET"],
        &["call", "GET", "/ping"],
        &["call", "G T", "/ping", "--instance", "x"],
        &["instances", "show", "x"],
        &["instances", "remove", "x"],
    ] {
        let ended = user.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}: {ended:?}");
        assert_ne!(ended.stderr, "", "{arguments:?}");
        // What cannot be read of a command line does not keep the error from being an object.
        if !arguments.is_empty() {
            let ended = user.run(&[arguments, &["--json"]].concat());
            let error: serde_json::Value =
                serde_json::from_str(ended.stderr.lines().last().unwrap()).unwrap();
            assert_eq!((ended.code, &error["class"]), (Some(2), &"usage".into()), "{arguments:?}: {error}");
            let message = error["message"].as_str().unwrap();
            assert!(!message.is_empty() && !message.starts_with("error"), "{arguments:?}: {error}");
        }
    }
}

#[test]
fn a_platform_that_is_not_there() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = platform();
    let ended =
        User::of(&server).run(&["connect", "instagram", "--base-url", &format!("http://{address}/api")]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        ended.stderr,
        format!(
            "error: the platform does not say what instagram needs: no connection could be opened; nothing was sent
  caused by: connection refused
  tried: GET http://{address}/api/your_moms/instagram/configuration
  help: is the base URL right, and is something listening there? If --proxy, HTTPS_PROXY or ALL_PROXY names a proxy, is \
             that running?
"
        )
    );
}
