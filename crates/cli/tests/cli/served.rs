//! The sandbox that `your-moms sandbox` serves: what it prints, what it takes, and how it ends.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::support::{self, User, get};

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
