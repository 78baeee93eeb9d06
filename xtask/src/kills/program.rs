//! The program, its user and its store.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use your_moms_sandbox::SandboxTransport;

use super::Failed;
use super::world::World;

/// What the program says once it has to wait for the store's lock.
const LOCKED: &str = "Waiting for another program to release the lock";

/// How often it is asked to end before it is made to: where `nohup` runs all this, it is to ignore SIGHUP.
#[cfg(unix)]
const ASKED: usize = 10_000;

/// How the program ends that was asked to, if it has heard it.
const INTERRUPTED: i32 = 130;

/// A user with a store of their own.
pub(crate) struct User<'a> {
    program: &'a Path,
    world: &'a World,
    folder: TempDir,
}

impl<'a> User<'a> {
    pub(crate) fn new(program: &'a Path, world: &'a World) -> Result<Self, Failed> {
        Ok(Self { program, world, folder: tempfile::tempdir()? })
    }

    /// Connects an account, with OAuth or without.
    pub(crate) fn connect(&self, oauth: bool) -> Result<Running, Failed> {
        let connector: &[&str] =
            if oauth { &["instagram"] } else { &["servicenow", "--config", "username=me"] };
        let mut command = self.command(&["connect"])?;
        let mut child = command.args(connector).args(["--base-url", &self.world.base_url()]).spawn()?;
        let stderr = child.stderr.take().ok_or("no standard error")?;
        let is_locked_out = Arc::new(AtomicBool::new(false));
        let (transport, noted) = (self.world.transport(), is_locked_out.clone());
        let listener = thread::spawn(move || listen(stderr, &transport, &noted));
        Ok(Running { child, is_locked_out, listener })
    }

    /// Recovers what is left.
    pub(crate) fn recover(&self) -> Result<(), Failed> {
        let output = self.command(&["recover"])?.output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("recover: {}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into())
    }

    /// Begins to recover, and is killed after this long, too.
    pub(crate) fn recover_killed(&self, moment: Duration) -> Result<(), Failed> {
        let mut child = self.command(&["recover"])?.stderr(Stdio::null()).spawn()?;
        // The point itself: nothing is waited for.
        thread::sleep(moment);
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> Result<Command, Failed> {
        let (credentials, client) = (self.world.credentials(), self.world.client()?);
        let mut command = Command::new(self.program);
        command
            .args(arguments)
            .env("YOUR_MOMS_STORE", self.store())
            .env("YOUR_MOMS_USER_SECRET", credentials.user_secret)
            .env("YOUR_MOMS_ORGANIZATION_SECRET", credentials.organization_secret)
            .env("YOUR_MOMS_API_KEY", client.api_key)
            .env("YOUR_MOMS_API_SECRET", client.api_secret)
            .env("YOUR_MOMS_CONFIG_PASSWORD", "hunter2")
            .env("BROWSER", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        Ok(command)
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("instances.json")
    }

    /// The file that the store's lock is on.
    pub(crate) fn lock(&self) -> PathBuf {
        self.folder.path().join("instances.json.lock")
    }

    /// What is stored, if anything is.
    pub(crate) fn kept(&self) -> Result<Value, Failed> {
        match fs::read(self.store()) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(_) => Ok(Value::Null),
        }
    }

    /// The instances in the store: number and token.
    pub(crate) fn stored(&self) -> Result<Vec<(u64, String)>, Failed> {
        let kept = self.kept()?;
        let entries = kept.get("instances").and_then(Value::as_object).into_iter().flatten();
        let instances = entries.filter_map(|(_, entry)| entry.pointer("/instance/instance"));
        let read = |instance: &Value| {
            Some((instance.get("id")?.as_u64()?, instance.get("token")?.as_str()?.to_owned()))
        };
        Ok(instances.filter_map(read).collect())
    }

    /// Whether a creation is recorded.
    pub(crate) fn has_record(&self) -> Result<bool, Failed> {
        Ok(self.kept()?.get("creations").is_some())
    }

    /// Takes the records away.
    pub(crate) fn drop_records(&self) -> Result<(), Failed> {
        let mut kept = self.kept()?;
        if let Some(members) = kept.as_object_mut() {
            members.remove("creations");
            fs::write(self.store(), kept.to_string())?;
        }
        Ok(())
    }

    /// Whether a file is being written, or was when the program was killed.
    pub(crate) fn is_writing(&self) -> bool {
        let entries = fs::read_dir(self.folder.path()).into_iter().flatten().flatten();
        entries.into_iter().any(|entry| entry.file_name().to_string_lossy().ends_with(".new"))
    }
}

/// A program that connects.
pub(crate) struct Running {
    child: Child,
    is_locked_out: Arc<AtomicBool>,
    listener: JoinHandle<()>,
}

impl Running {
    /// Whether it waits for the store's lock.
    pub(crate) fn is_locked_out(&self) -> bool {
        self.is_locked_out.load(Ordering::SeqCst)
    }

    pub(crate) fn has_ended(&mut self) -> Result<bool, Failed> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// SIGKILL; `false` if it had ended by itself.
    pub(crate) fn kill(mut self) -> Result<bool, Failed> {
        self.child.kill()?;
        self.ended()
    }

    /// SIGTERM or SIGHUP until it has ended, as from somebody who insists, and SIGKILL in the end; `false` if it had ended by
    /// itself.
    #[cfg(unix)]
    pub(crate) fn ask_to_end(mut self, signal: Signal) -> Result<bool, Failed> {
        for _ in 0..ASKED {
            if self.child.try_wait()?.is_some() {
                return self.ended();
            }
            kill_process(Pid::from_child(&self.child), signal)?;
            thread::yield_now();
        }
        self.kill()
    }

    fn ended(mut self) -> Result<bool, Failed> {
        let status = self.child.wait()?;
        self.listener.join().map_err(|_| "a thread has panicked")?;
        Ok(status.code().is_none_or(|code| code == INTERRUPTED))
    }
}

/// Does what its user does: allows access as soon as there is a link.
fn listen(stderr: ChildStderr, transport: &SandboxTransport, is_locked_out: &AtomicBool) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        if line.contains(LOCKED) {
            is_locked_out.store(true, Ordering::SeqCst);
        }
        let link = line.split_whitespace().find(|word| word.contains("/provider/"));
        if let Some(redirect) = link.and_then(|link| transport.allow(link).ok()) {
            // The program may be dead by now.
            drop(visit(&redirect));
        }
    }
}

/// As a browser.
fn visit(url: &str) -> Result<(), Failed> {
    let (host, path) = url.strip_prefix("http://").and_then(|url| url.split_once('/')).ok_or("no URL")?;
    let mut connection = TcpStream::connect(host)?;
    write!(connection, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    connection.read_to_end(&mut Vec::new())?;
    Ok(())
}
