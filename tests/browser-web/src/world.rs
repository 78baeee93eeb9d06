//! What one scenario plays in: a sandbox, a database, the application's processes and people's browsers, all its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;
use your_moms_browser_tests::{Browser, Failed, Outcome, Process, Setting};
use your_moms_sandbox::{Call, Client, Noun, Sandbox, Server};

use crate::cluster::Cluster;
use crate::database::Database;

/// How long something may take that is waited for outside a browser.
const PATIENCE: Duration = Duration::from_secs(20);

/// What all scenarios of a run share.
pub(crate) struct Application {
    pub(crate) setting: Setting,
    pub(crate) cluster: Option<Cluster>,
    /// The application's program.
    pub(crate) program: PathBuf,
}

pub(crate) struct World {
    pub(crate) application: Arc<Application>,
    pub(crate) sandbox: Server,
    pub(crate) database: Database,
    _folder: TempDir,
    name: &'static str,
    key: String,
    logs: Vec<PathBuf>,
    browsers: Vec<Browser>,
}

/// A process of the application that responds to browsers.
pub(crate) struct Web {
    pub(crate) url: String,
    _process: Process,
}

impl World {
    pub(crate) async fn new(application: Arc<Application>, name: &'static str) -> Result<Self, Failed> {
        let folder = TempDir::with_prefix("browser-")?;
        let database = Database::create(folder.path(), application.cluster.as_ref(), name).await?;
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        let sandbox = Server::start(Sandbox::new(1))?;
        let (logs, browsers, key) = (Vec::new(), Vec::new(), STANDARD.encode(key));
        Ok(Self { application, sandbox, database, _folder: folder, name, key, logs, browsers })
    }

    /// Starts a process that responds to browsers, at an address of its own.
    pub(crate) fn serve(&mut self) -> Result<Web, Failed> {
        self.serve_as(None)
    }

    /// The same, known to browsers by `public` where that is another address than its own.
    pub(crate) fn serve_as(&mut self, public: Option<&str>) -> Result<Web, Failed> {
        let mut command = self.platform(&["serve"])?;
        command.envs(public.map(|url| ("EXAMPLE_WEB_URL", url)));
        self.web(&mut command)
    }

    /// Starts the program as it is started first: one process that is everything, and knows no platform.
    pub(crate) fn alone(&mut self) -> Result<Web, Failed> {
        let mut command = self.command(&[]);
        self.web(&mut command)
    }

    fn web(&mut self, command: &mut Command) -> Result<Web, Failed> {
        let process = self.start(command.env("EXAMPLE_WEB_LISTEN", "127.0.0.1:0"))?;
        let url = process.wait_for(|line| {
            let start = line.find("http://")?;
            line.get(start..).map(|url| url.trim().trim_end_matches('/').to_owned())
        })?;
        Ok(Web { url, _process: process })
    }

    /// Starts a process that works jobs.
    pub(crate) fn work(&mut self) -> Result<Process, Failed> {
        let mut command = self.platform(&["worker"])?;
        self.start(&mut command)
    }

    /// Freezes a process at a moment at which it does not hold the database's lock: with it, nobody could write until it
    /// goes on, whatever the application does.
    pub(crate) async fn freeze(&self, process: &Process) -> Outcome {
        let freezing = async {
            loop {
                process.freeze()?;
                if self.database.is_writable().await? {
                    return Ok(());
                }
                process.thaw()?;
            }
        };
        tokio::time::timeout(PATIENCE, freezing).await.map_err(|_| "the process always holds the lock")?
    }

    /// Opens one more person's browser.
    pub(crate) async fn browser(&mut self) -> Result<Browser, Failed> {
        let browser = self.application.setting.browser().await?;
        self.browsers.push(browser.clone());
        Ok(browser)
    }

    /// Waits until the platform has received `times` of these calls in all.
    pub(crate) async fn received(&self, call: Call, times: usize) -> Outcome {
        let waiting = async {
            while self.calls(call) < times {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let late = format!("the platform has not received {times} {call:?}");
        tokio::time::timeout(PATIENCE, waiting).await.map_err(|_| late.into())
    }

    /// How many of these calls the platform has received.
    pub(crate) fn calls(&self, call: Call) -> usize {
        self.sandbox.sandbox().journal().iter().filter(|record| record.call == Some(call)).count()
    }

    /// How many instances there are.
    pub(crate) fn instances(&self) -> usize {
        self.sandbox.sandbox().instances().len()
    }

    /// Ends everything. A log in which a secret of the platform's or of a provider's stands is a failure.
    pub(crate) async fn end(self, outcome: Outcome) -> Outcome {
        for browser in self.browsers {
            drop(browser.close().await);
        }
        let logs = self.logs.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
        let told = logs.iter().flat_map(|log| log.lines()).find(|line| tells_secret(line)).map(mask);
        match (outcome, told) {
            (Ok(()), None) => Ok(()),
            (Ok(()), Some(line)) => Err(format!("a log tells a secret: {line}").into()),
            (Err(failed), _) => {
                let lines = logs.iter().enumerate().flat_map(|(index, log)| {
                    let lines = log.lines().filter(|line| !ROUTINE.iter().any(|level| line.contains(level)));
                    lines.map(move |line| format!("\nprocess {index}: {line}"))
                });
                Err(format!("{failed}{}", lines.collect::<String>()).into())
            }
        }
    }

    fn start(&mut self, command: &mut Command) -> Result<Process, Failed> {
        let log = self.application.setting.logs().join(format!("{}-{}.log", self.name, self.logs.len()));
        let process = Process::start(command, &log)?;
        self.logs.push(log);
        Ok(process)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.application.program);
        command
            .args(arguments)
            .env_clear()
            .env("EXAMPLE_WEB_LOG", "trace")
            .env("NO_COLOR", "1")
            .env("DATABASE_URL", self.database.url())
            .env("EXAMPLE_WEB_KEYS", &self.key);
        command
    }

    /// A command that knows this world's platform.
    fn platform(&self, arguments: &[&str]) -> Result<Command, Failed> {
        let account = self.sandbox.sandbox().credentials().clone();
        let (instagram, dropbox) = (self.client("instagram")?, self.client("dropbox")?);
        let mut command = self.command(arguments);
        command
            .env("YOUR_MOMS_BASE_URL", self.sandbox.base_url(Noun::YourMom))
            .env("YOUR_MOMS_USER_SECRET", account.user_secret)
            .env("YOUR_MOMS_ORGANIZATION_SECRET", account.organization_secret)
            .env("YOUR_MOMS_API_KEY_INSTAGRAM", instagram.api_key)
            .env("YOUR_MOMS_API_SECRET_INSTAGRAM", instagram.api_secret)
            .env("YOUR_MOMS_API_KEY_DROPBOX", dropbox.api_key)
            .env("YOUR_MOMS_API_SECRET_DROPBOX", dropbox.api_secret);
        Ok(command)
    }

    fn client(&self, key: &str) -> Result<Client, Failed> {
        self.sandbox.sandbox().client(key).cloned().ok_or_else(|| format!("no connector {key}").into())
    }
}

/// Every secret that the sandbox makes begins like this; so do the keys of applications, which are none.
const PREFIX: &str = "sandbox-";

fn tells_secret(line: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    line.match_indices(PREFIX).any(|(at, _)| {
        let word = line.get(at..).and_then(|rest| rest.split(|c| !is_part(c)).next()).unwrap_or_default();
        !word.ends_with("-client-id") && !word.starts_with("sandbox-page-after-")
    })
}

/// Levels at which nothing is wrong. A program that cannot start says so without a level.
const ROUTINE: [&str; 3] = ["TRACE ", "DEBUG ", "INFO "];

/// The line without what follows the prefix: this goes to a terminal.
fn mask(line: &str) -> String {
    line.split(PREFIX).next().unwrap_or_default().chars().take(400).collect()
}
