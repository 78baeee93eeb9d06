//! A program that ends with the value that started it.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use crate::outcome::{Failed, Outcome};

/// How long a program may take to say that it is ready, or to end when asked to.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program.
#[derive(Debug)]
pub struct Process {
    child: Child,
    lines: Mutex<Receiver<String>>,
    log: PathBuf,
}

impl Process {
    /// Starts `command`; what it writes to standard error goes to the file `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self, Failed> {
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(log)?);
        let mut child = command.spawn().map_err(|error| format!("{program} does not start: {error}"))?;
        let stdout = child.stdout.take().ok_or("standard output is piped")?;
        let (send, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Nobody listens once the line that was waited for has come; the program must not block for it.
                drop(send.send(line));
            }
        });
        Ok(Self { child, lines: Mutex::new(lines), log: log.to_owned() })
    }

    /// Waits for the line of standard output in which `find` finds something.
    pub fn wait_for<T>(&self, find: impl Fn(&str) -> Option<T>) -> Result<T, Failed> {
        let deadline = Instant::now() + PATIENCE;
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = lines.recv_timeout(left);
            let line = line.map_err(|_| format!("not ready; its log is {}", self.log.display()))?;
            if let Some(found) = find(&line) {
                return Ok(found);
            }
        }
    }

    /// Waits until the log holds `text`.
    pub async fn logs(&self, text: &str) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if fs::read_to_string(&self.log)?.contains(text) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err(format!("{} does not say `{text}`", self.log.display()).into())
    }

    /// SIGKILL: it can do nothing more.
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }

    /// SIGSTOP: it stands still, has stopped when this returns, and holds everything.
    pub fn freeze(&self) -> Outcome {
        self.signal(Signal::STOP)?;
        waitpid(Some(self.pid()?), WaitOptions::UNTRACED)?;
        Ok(())
    }

    /// SIGCONT.
    pub fn thaw(&self) -> Outcome {
        self.signal(Signal::CONT)
    }

    /// SIGTERM, and waits until it has ended.
    pub fn terminate(&mut self) -> Result<ExitStatus, Failed> {
        self.signal(Signal::TERM)?;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(format!("it does not end; its log is {}", self.log.display()).into())
    }

    fn signal(&self, signal: Signal) -> Outcome {
        Ok(kill_process(self.pid()?, signal)?)
    }

    fn pid(&self) -> Result<Pid, Failed> {
        Ok(i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).ok_or("no process id")?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.kill());
    }
}
