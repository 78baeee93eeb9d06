//! Once an account is connected: the served sandbox, requests through a stored instance, and what is stored.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::support::{self, Running, User, base_url, get, platform};

/// `your-moms sandbox --json`, and what it printed.
struct Served {
    child: Child,
    access: Value,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut child = User::new()
            .command(&["sandbox", "--json"])
            .args(arguments)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, access: serde_json::from_str(&line).unwrap() }
    }

    fn text(&self, pointer: &str) -> &str {
        self.access.pointer(pointer).unwrap().as_str().unwrap()
    }

    fn user(&self) -> User {
        User::new()
            .with("YOUR_MOMS_USER_SECRET", self.text("/user_secret"))
            .with("YOUR_MOMS_ORGANIZATION_SECRET", self.text("/organization_secret"))
            .with("YOUR_MOMS_API_KEY", self.text("/connectors/instagram/api_key"))
            .with("YOUR_MOMS_API_SECRET", self.text("/connectors/instagram/api_secret"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already where a test has ended it.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Presses Allow as a person would: opens the page, and sends its form.
fn press_allow(link: &str) -> String {
    let page = get(link);
    let attribute =
        |start: &str| page.body.split_once(start).unwrap().1.split('"').next().unwrap().to_owned();
    let form = format!("page={}&decision=allow", attribute("name=\"page\" value=\""));
    let mut connection = support::connect(link);
    let host = link.split('/').nth(2).unwrap();
    write!(
        connection,
        "POST {} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \
         {}\r\nConnection: close\r\n\r\n{form}",
        attribute("action=\""),
        form.len()
    )
    .unwrap();
    let response = std::io::read_to_string(connection).unwrap();
    let location = response.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    location.to_owned()
}

fn connect(user: &User, served: &Served, words: &str) {
    let url = served.text(&format!("/base_url/{words}"));
    let mut running = user.start(&["connect", "instagram", "--vocabulary", words, "--base-url", url]);
    let link = running.link();
    assert_eq!(get(&press_allow(&link)).status, 200);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn connects_to_a_served_sandbox_and_calls_through_the_stored_instance() {
    let served = Served::start(&["--seed", "42"]);
    for words in ["your_moms", "elements"] {
        let user = served.user();
        connect(&user, &served, words);

        let ended = user.run(&["call", "get", "/hubs/social/media?pageSize=2"]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), "200 OK\n"), "{ended:?}");
        let media: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(media[0]["caption"]["text"], "First light over the harbour");

        let ended = user.run(&["call", "GET", "/ping", "--instance", "instagram"]);
        let pong: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(pong["endpoint"], "instagram");

        let ended = user.run(&["call", "GET", "/nowhere"]);
        assert_eq!(ended.code, Some(4));
        assert!(ended.stdout.starts_with("{\"message\":\"No such path: "), "{ended:?}");
        assert!(
            ended.stderr.starts_with("error: the call did not succeed: status 404 Not Found\n"),
            "{ended:?}"
        );
        ended.hides([user.kept()["instances"]["instagram"]["instance"]["instance"]["token"]
            .as_str()
            .unwrap()]);
    }
}

#[test]
fn the_sandbox_prints_one_line_and_the_same_seed_the_same_secrets() {
    let (one, two, other) = (
        Served::start(&["--seed", "42"]),
        Served::start(&["--seed", "42"]),
        Served::start(&["--seed", "43"]),
    );
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&one.access),
        ["base_url", "connectors", "inspector", "organization_secret", "user_secret"]
    );
    let with_provider = names(&one.access["connectors"]);
    for key in ["dropbox", "etsy", "instagram"] {
        assert!(with_provider.iter().any(|name| name == key), "{key} in {with_provider:?}");
    }
    assert!(!with_provider.iter().any(|name| name == "servicenow"), "{with_provider:?}");
    assert_eq!(one.access["connectors"], two.access["connectors"]);
    assert_eq!(one.access["user_secret"], two.access["user_secret"]);
    assert_ne!(one.access["user_secret"], other.access["user_secret"]);
    assert_ne!(one.access["base_url"], two.access["base_url"]);
}

#[test]
fn the_sandbox_shows_itself_fails_when_told_and_says_what_was_asked() {
    let served =
        Served::start(&["--fail", "ping=status-503", "--fail", "list=reset-before:always", "--journal", "2"]);
    let inspector = served.text("/inspector");
    let page = get(inspector);
    assert_eq!(page.status, 200);
    assert!(page.body.contains(served.text("/base_url/your_moms")), "{}", page.body);
    let faults: Value = serde_json::from_str(&get(&format!("{inspector}_sandbox/faults")).body).unwrap();
    assert_eq!(faults[1]["fault"], "reset-before");
    let statuses = [(); 3].map(|()| get(&format!("{}/ping", served.text("/base_url/your_moms"))).status);
    assert_eq!(statuses, [503, 401, 401]);
    let journal: Value = serde_json::from_str(&get(&format!("{inspector}_sandbox/journal")).body).unwrap();
    assert_eq!(journal.as_array().unwrap().len(), 2);

    let mut told = User::new()
        .command(&["sandbox", "--json", "--fail", "ping=status-503"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = |source: &mut dyn std::io::Read| {
        let mut line = String::new();
        BufReader::new(source).read_line(&mut line).unwrap();
        line
    };
    let access: Value = serde_json::from_str(&lines(told.stdout.as_mut().unwrap())).unwrap();
    get(&format!("{}/ping", access["base_url"]["elements"].as_str().unwrap()));
    let line = lines(told.stderr.as_mut().unwrap());
    told.kill().unwrap();
    told.wait().unwrap();
    assert!(
        line.contains(" GET /elements/api-v2/ping 503 ") && line.ends_with(" own-503-before\n"),
        "{line}"
    );

    let ended = User::new().run(&["sandbox", "--fail", "ping=flood"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("there is no fault `flood`; possible, with other numbers"), "{ended:?}");
}

#[test]
fn the_sandbox_takes_accounts_connectors_and_how_long_codes_last() {
    let user = User::new();
    let directory = user.directory.path().join("catalogue");
    std::fs::create_dir(&directory).unwrap();
    let path = directory.display().to_string();
    let ended = User::new().run(&["sandbox", "--catalogue", &path]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("has no connector in it"), "{ended:?}");

    let library = json!({
        "id": 900, "key": "library", "name": "Town library", "description": "Books.", "hub": "documents",
        "authentication": "oauth2",
        "provider": { "name": "The library", "accounts": ["anna"], "scopes": [{ "name": "read", "permits": "Read" }] },
        "configuration": (["oauth.api.key", "oauth.api.secret", "oauth.callback.url"])
            .map(|key| json!({ "key": key, "name": key, "required": true })),
        "resources": [{ "path": "books", "template": [{ "id": 1, "title": "The diary of {account}" }] }],
    });
    std::fs::write(directory.join("library.json"), library.to_string()).unwrap();
    std::fs::write(directory.join("README.md"), "not a connector").unwrap();
    let served = Served::start(&["--catalogue", &path, "--account", "carla", "--code-lifetime", "1m"]);
    assert_eq!(served.text("/connectors/library/api_key"), "sandbox-library-client-id");
    let address = format!("{}_sandbox/connectors", served.text("/inspector"));
    let connectors: Value = serde_json::from_str(&get(&address).body).unwrap();
    let library = connectors.as_array().unwrap().iter().find(|it| it["key"] == "library").unwrap();
    assert_eq!(library["accounts"], json!(["anna", "carla"]));

    std::fs::write(directory.join("wrong.json"), "{").unwrap();
    let ended = User::new().run(&["sandbox", "--catalogue", &path]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains("wrong.json"), "{ended:?}");
}

#[test]
fn without_a_seed_every_sandbox_has_other_secrets() {
    let (one, two) = (Served::start(&[]), Served::start(&[]));
    assert_ne!(one.access["user_secret"], two.access["user_secret"]);
}

#[test]
fn the_sandbox_takes_a_port_and_registers_callback_urls() {
    let callback = "https://www.mycoolapp.com/auth";
    let served = Served::start(&["--redirect-uri", callback]);
    let url = served.text("/base_url/your_moms");
    let mut running =
        served.user().start(&["connect", "instagram", "--base-url", url, "--callback-url", callback]);
    assert_eq!(get(&running.link()).status, 200);
    running.child.kill().unwrap();
    running.end();

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = User::new().run(&["sandbox", "--port", &port]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        ended.stderr,
        format!(
            "error: the sandbox cannot be served at 127.0.0.1:{port}\n  caused by: Address already in use (os error 98)\n  \
             help: stop the program that listens there, or choose another --port\n"
        )
    );
}

#[cfg(unix)]
#[test]
fn a_client_does_not_keep_the_sandbox_from_ending() {
    let mut running = User::new().start(&["sandbox", "--port", "0"]);
    running.line_with("The sandbox runs until Ctrl-C.");
    let mut first = String::new();
    BufReader::new(running.child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
    let mut half = support::connect(first.trim().rsplit(' ').next().unwrap());
    half.write_all(b"GET /").unwrap();
    running.interrupt();
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_sandbox_ends_with_ctrl_c() {
    let mut running = User::new().start(&["sandbox"]);
    running.line_with("The sandbox runs until Ctrl-C.");
    running.interrupt();
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let first = ended.stdout.lines().next().unwrap();
    assert!(
        first.starts_with("# What it knows and did: http://127.0.0.1:") && first.ends_with('/'),
        "{first}"
    );
    let names: Vec<_> =
        ended.stdout.lines().filter_map(|line| line.split('=').next()?.strip_prefix("export ")).collect();
    assert_eq!(names[..2], ["YOUR_MOMS_USER_SECRET", "YOUR_MOMS_ORGANIZATION_SECRET"]);
    for registration in names[2..].chunks(2) {
        assert_eq!(registration, ["YOUR_MOMS_API_KEY", "YOUR_MOMS_API_SECRET"]);
    }
    assert!(ended.stdout.contains("\n# instagram\n"), "{ended:?}");
}

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
