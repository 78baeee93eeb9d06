//! Runs the real program, and plays the user's browser.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;
use your_moms_sandbox::{Noun, Sandbox, Server};

/// Variables the program reads.
const VARIABLES: [&str; 8] = [
    "YOUR_MOMS_BASE_URL",
    "YOUR_MOMS_VOCABULARY",
    "YOUR_MOMS_USER_SECRET",
    "YOUR_MOMS_ORGANIZATION_SECRET",
    "YOUR_MOMS_API_KEY",
    "YOUR_MOMS_API_SECRET",
    "YOUR_MOMS_STORE",
    "NO_COLOR",
];

/// A user with a store of their own.
pub(crate) struct User {
    pub(crate) directory: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl User {
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// A user with the credentials of `server`, and a registration for Instagram.
    pub(crate) fn of(server: &Server) -> Self {
        let sandbox = server.sandbox();
        let credentials = sandbox.credentials().clone();
        let client = sandbox.client("instagram").unwrap().clone();
        Self::new()
            .with("YOUR_MOMS_USER_SECRET", &credentials.user_secret)
            .with("YOUR_MOMS_ORGANIZATION_SECRET", &credentials.organization_secret)
            .with("YOUR_MOMS_API_KEY", &client.api_key)
            .with("YOUR_MOMS_API_SECRET", &client.api_secret)
    }

    /// A user whose environment names a platform that stays as long as the tests do.
    pub(crate) fn ready() -> Self {
        static PLATFORM: OnceLock<Server> = OnceLock::new();
        let server = PLATFORM.get_or_init(platform);
        Self::of(server)
            .with("YOUR_MOMS_BASE_URL", &base_url(server))
            .with("YOUR_MOMS_CONFIG_PASSWORD", "password")
    }

    pub(crate) fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.variables.retain(|(other, _)| *other != variable);
        self.variables.push((variable, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, variable: &'static str) -> Self {
        self.variables.retain(|(other, _)| *other != variable);
        self
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.directory.path().join("data").join("instances.json")
    }

    pub(crate) fn kept(&self) -> Value {
        serde_json::from_str(&std::fs::read_to_string(self.store()).unwrap()).unwrap()
    }

    /// Writes a file for this user and returns `@` and its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        format!("@{}", path.display())
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_your-moms"));
        self.equip(&mut command).args(arguments);
        command
    }

    /// Gives `command` this user's variables, and a browser that does nothing.
    pub(crate) fn equip<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for variable in VARIABLES {
            command.env_remove(variable);
        }
        command
            .env("YOUR_MOMS_STORE", self.store())
            .env("BROWSER", "true")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        Running::of(self.command(arguments).spawn().unwrap())
    }
}

/// A program that has ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// Nothing printed holds one of `secrets`, as it is or as it stands in a URL.
    pub(crate) fn hides<'a>(&self, secrets: impl IntoIterator<Item = &'a str>) {
        for secret in secrets {
            let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            for form in [secret, &encoded] {
                assert!(!self.stdout.contains(form), "{form} in stdout: {}", self.stdout);
                assert!(!self.stderr.contains(form), "{form} in stderr: {}", self.stderr);
            }
        }
    }
}

/// `printed` is what `expected` says, in which `[..]` stands for what differs from run to run.
///
/// `SNAPSHOTS=overwrite` writes what is printed into the test.
#[track_caller]
pub(crate) fn assert_shown(printed: &str, expected: snapbox::data::Inline) {
    // A `\` is not a `/` here.
    let assert =
        snapbox::Assert::new().normalize_paths(false).action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(printed, expected);
}

/// The lock of this user's store, until it is dropped.
pub(crate) fn hold_lock(user: &User) -> std::fs::File {
    let path = user.store().with_file_name("instances.json.lock");
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    fs4::FileExt::lock(&file).unwrap();
    file
}

/// A program that is running, whose standard error is read line by line.
pub(crate) struct Running {
    pub(crate) child: Child,
    stderr: BufReader<ChildStderr>,
    said: String,
}

impl Running {
    pub(crate) fn of(mut child: Child) -> Self {
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, stderr, said: String::new() }
    }

    /// The next line of standard error that contains `text`.
    pub(crate) fn line_with(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.stderr.read_line(&mut line).unwrap() > 0, "no {text:?} in {}", self.said);
            self.said.push_str(&line);
            if line.contains(text) {
                return line.trim().to_owned();
            }
        }
    }

    /// The link for the user.
    pub(crate) fn link(&mut self) -> String {
        self.line_with("http://127.0.0.1:")
    }

    pub(crate) fn interrupt(&self) {
        self.signal("INT");
    }

    pub(crate) fn signal(&self, signal: &str) {
        // The shell's own command: the program of that name is not everywhere.
        let kill = format!("kill -{signal} {}", self.child.id());
        let status = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(status.success());
    }

    pub(crate) fn end(mut self) -> Ended {
        self.stderr.read_to_string(&mut self.said).unwrap();
        let output = self.child.wait_with_output().unwrap();
        Ended { stderr: self.said, ..Ended::from(output) }
    }
}

/// The response of a server.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A connection to the host of `url`, with nothing sent yet.
pub(crate) fn connect(url: &str) -> TcpStream {
    TcpStream::connect(url.split('/').nth(2).unwrap()).unwrap()
}

/// Asks for `url` on `connection`.
pub(crate) fn get_on(connection: TcpStream, url: &str) -> Page {
    get_with(connection, url, "")
}

/// Asks for `url` as what shows pages.
pub(crate) fn get_as_browser(url: &str) -> Page {
    get_with(connect(url), url, "Accept: text/html,*/*;q=0.8\r\n")
}

fn get_with(mut connection: TcpStream, url: &str, headers: &str) -> Page {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let path = path.split('#').next().unwrap();
    write!(connection, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Page { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

pub(crate) fn get(url: &str) -> Page {
    get_on(connect(url), url)
}

/// A value of the query of `url`, decoded.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    form_urlencoded::parse(query.as_bytes()).find(|(other, _)| other == name).unwrap().1.into_owned()
}

pub(crate) fn platform() -> Server {
    Server::start(Sandbox::new(7)).unwrap()
}

pub(crate) fn base_url(server: &Server) -> String {
    server.base_url(Noun::YourMom)
}

/// Presses Allow on the consent page behind `link`; the URL to which the provider sends the browser.
pub(crate) fn allow(server: &Server, link: &str) -> String {
    server.sandbox().allow(link, SystemTime::now()).unwrap()
}

pub(crate) fn deny(server: &Server, link: &str) -> String {
    server.sandbox().deny(link, SystemTime::now()).unwrap()
}

/// Everything of `server` that must not be printed.
pub(crate) fn secrets(server: &Server) -> Vec<String> {
    let sandbox = server.sandbox();
    let credentials = sandbox.credentials();
    let client = sandbox.client("instagram").unwrap();
    [&credentials.user_secret, &credentials.organization_secret, &client.api_secret].map(Clone::clone).into()
}
