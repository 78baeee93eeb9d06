//! A user of the program, with an account, a store, a browser and files of their own.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;
use tempfile::TempDir;
use your_moms_sandbox::{Armed, Noun, Sandbox, Server};

use super::browser::Browser;
use super::commands::{Does, Line};
use crate::app::{OWN, PASSWORD, USER_TOKEN};
use crate::watch::Scene;

/// Of `your-moms sandbox`.
pub(crate) const SEED: u64 = 5;
const DOOR: &str = "canary-7uCk3Zb5VwS9nHq2Xo";
const CODE: &str = "canary-2pGf6Jt8LdN4rMy1Ea";

pub(crate) struct User {
    program: PathBuf,
    folder: TempDir,
    server: Server,
    browser: Browser,
    pub(crate) scene: Scene,
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl User {
    pub(crate) fn new(program: PathBuf, seed: u64) -> Self {
        let (folder, server) =
            (tempfile::tempdir().unwrap(), Server::start(Sandbox::new(1000 + seed)).unwrap());
        server.sandbox().register_redirect_uri("https://app.example/auth");
        let path = folder.path();
        let browser = Browser::in_folder(path.join("browser"));
        fs::create_dir(path.join("tmp")).unwrap();
        let (account, client, etsy) = {
            let sandbox = server.sandbox();
            (
                sandbox.credentials().clone(),
                sandbox.client("instagram").unwrap().clone(),
                sandbox.client("etsy").unwrap().clone(),
            )
        };
        let body = json!({ "your_mom": { "key": "instagram" }, "providerData": { "code": CODE }, "configuration": { "password": PASSWORD },
            "token": USER_TOKEN, "name": "x" });
        let curl = format!(
            "curl -X POST -H \u{201c}Authorization: User {DOOR}, Organization {OWN}\u{201d} \\ \n  https://api.cloud-your_moms.com/your_moms/api-v2/instances \\\n -d '{body}"
        );
        for (name, text) in [
            ("etsy", &etsy.api_secret),
            ("password", &PASSWORD.to_owned()),
            ("token", &USER_TOKEN.to_owned()),
            ("door", &DOOR.to_owned()),
            ("body", &body.to_string()),
            ("curl", &curl),
        ] {
            fs::write(path.join(name), text).unwrap();
        }
        let mut scene = Scene::default();
        for (kind, secret) in [
            ("user secret", &account.user_secret),
            ("organization secret", &account.organization_secret),
            ("client secret", &client.api_secret),
            ("client secret", &etsy.api_secret),
        ] {
            scene.secret(kind, secret);
        }
        for (kind, secret) in [
            ("password", PASSWORD),
            ("provider token", USER_TOKEN),
            ("code", CODE),
            ("secret in a file", DOOR),
            ("secret in a command", OWN),
        ] {
            scene.secret(kind, secret);
        }
        let made_up = Sandbox::new(SEED);
        scene.secret("secret of a sandbox", &made_up.credentials().user_secret);
        let variables = vec![
            ("YOUR_MOMS_BASE_URL", server.base_url(Noun::YourMom)),
            ("YOUR_MOMS_USER_SECRET", account.user_secret),
            ("YOUR_MOMS_ORGANIZATION_SECRET", account.organization_secret),
            ("YOUR_MOMS_API_KEY", client.api_key),
            ("YOUR_MOMS_API_SECRET", client.api_secret),
            ("YOUR_MOMS_CONFIG_PASSWORD", PASSWORD.to_owned()),
            ("YOUR_MOMS_STORE", path.join("data/instances.json").display().to_string()),
            ("BROWSER", browser.path().display().to_string()),
            ("TMPDIR", path.join("tmp").display().to_string()),
            ("HOME", path.display().to_string()),
        ];
        Self { program, folder, server, browser, scene, variables }
    }

    /// The path of a file with a secret.
    pub(crate) fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(crate) fn arm(&self, Armed { call, fault, times }: Armed) -> u64 {
        self.server.sandbox().arm(call, fault, times)
    }

    pub(crate) fn disarm(&self, id: u64) {
        self.server.sandbox().disarm(id);
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        let path = std::env::var("PATH").unwrap();
        command.env_clear().env("PATH", path).envs(self.variables.iter().cloned()).args(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it to its end, and keeps what it printed.
    pub(crate) fn runs(&mut self, line: &Line, options: &[&str]) {
        let words: Vec<_> = line.words.iter().map(String::as_str).chain(options.iter().copied()).collect();
        let mut child = self.command(&words).spawn().unwrap();
        let mut stdin = child.stdin.take();
        let (mut out, mut err) =
            (BufReader::new(child.stdout.take().unwrap()), BufReader::new(child.stderr.take().unwrap()));
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let interrupt = || {
            let kill = format!("kill -INT {}", child.id());
            assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        };
        if line.user_does == Does::Interrupt {
            out.read_line(&mut stdout).unwrap();
            interrupt();
        }
        let mut searches = false;
        loop {
            let before = stderr.len();
            if err.read_line(&mut stderr).unwrap() == 0 {
                break;
            }
            let said = stderr.get(before..).unwrap().trim().to_owned();
            searches |= said.contains("list-instances");
            if said.starts_with("http://127.0.0.1:") && said.contains("/oauth/authorize?") {
                if let Some(redirect) = self.decides(&said, line.user_does) {
                    match line.user_does {
                        Does::Paste => writeln!(stdin.take().unwrap(), "{redirect}").unwrap(),
                        _ => self.opens(&redirect),
                    }
                }
            } else if (searches && said.contains("trying again")) || said.contains("Press Ctrl-C again") {
                // Nobody waits for an instance that was never made.
                interrupt();
            }
        }
        drop(stdin);
        out.read_to_string(&mut stdout).unwrap();
        child.wait().unwrap();
        let command = line.name();
        self.scene.text(format!("stdout of {command}"), stdout);
        self.scene.text(format!("stderr of {command}"), stderr);
        self.stored();
    }

    /// The store is JSON in JSON, or goes on where it should end: no command can read it.
    pub(crate) fn runs_without_its_store(&mut self) {
        let store = self.folder.path().join("data/instances.json");
        let Ok(text) = fs::read_to_string(&store) else { return };
        for broken in [json!(text).to_string(), text + "}"] {
            fs::write(&store, broken).unwrap();
            for words in ["instances list", "instances show photos", "recover"] {
                let words = words.split(' ').map(str::to_owned).collect();
                self.runs(&Line { words, meets: None, user_does: Does::Nothing }, &["--verbose"]);
            }
        }
    }

    /// On the provider's page behind `link`.
    fn decides(&mut self, link: &str, does: Does) -> Option<String> {
        self.scene.harvest_url(link);
        if matches!(does, Does::Allow { in_browser: true } | Does::Deny) {
            self.browser.wait();
        }
        let sandbox = self.server.transport();
        let redirect = match does {
            // The program itself presses Allow.
            Does::Nothing | Does::Interrupt => return None,
            Does::Deny => sandbox.deny(link),
            Does::Allow { .. } | Does::Paste => sandbox.allow(link),
        };
        let redirect = redirect.unwrap();
        self.scene.harvest_url(&redirect);
        Some(redirect)
    }

    /// The redirect, in a browser.
    fn opens(&mut self, redirect: &str) {
        let (host, path) = redirect.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut connection = TcpStream::connect(host).unwrap();
        let path = path.split('#').next().unwrap();
        write!(connection, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut page = Vec::new();
        connection.read_to_end(&mut page).unwrap();
        self.scene.text("page of the listener", page);
    }

    /// What the program has stored and left; what the user has written is theirs.
    fn stored(&mut self) {
        let store = self.folder.path().join("data/instances.json");
        if let Ok(text) = fs::read_to_string(&store) {
            self.scene.harvest_text(&text);
        }
        for path in files(self.folder.path()) {
            if path.parent() == Some(self.folder.path()) || self.browser.is_in(&path) {
                continue;
            }
            let channel = if path == store {
                "the store".to_owned()
            } else {
                format!("file {}", path.file_name().unwrap().display())
            };
            self.scene.text(channel, fs::read(&path).unwrap());
        }
    }

    pub(crate) fn into_scene(mut self) -> Scene {
        assert_eq!(
            files(&self.folder.path().join("tmp")),
            [""; 0].map(PathBuf::from),
            "temporary files are left"
        );
        self.browser.noted(&mut self.scene);
        self.scene
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
