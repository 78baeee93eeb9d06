//! A child process with a time limit, and all that it printed.

use std::fmt;
use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// More of what a child printed is of no help.
const SHOWN: usize = 2000;

/// A process that has ended.
pub(crate) struct Ended {
    status: ExitStatus,
    /// If it had to be killed.
    late: Option<Duration>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn succeeded(&self) -> bool {
        self.late.is_none() && self.status.success()
    }
}

/// Runs `command` to its end, or kills it after `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> io::Result<Ended> {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let streams = [child.stdout.take().map(text_of), child.stderr.take().map(text_of)];
    let mut late = None;
    let [stdout, stderr] = streams.map(|stream| {
        let stream = stream?;
        let in_time = stream.recv_timeout(limit.saturating_sub(started.elapsed()));
        in_time
            .or_else(|_| {
                late = Some(limit);
                let _ = child.kill();
                // Its own children may keep the pipe open.
                stream.recv_timeout(Duration::from_secs(1))
            })
            .ok()
    });
    let status = child.wait()?;
    Ok(Ended { status, late, stdout: stdout.unwrap_or_default(), stderr: stderr.unwrap_or_default() })
}

/// Comes when the stream has ended.
fn text_of(mut stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, text) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    text
}

impl fmt::Display for Ended {
    /// How it ended, and the end of what it printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.late {
            Some(limit) => write!(f, "killed after {} s", limit.as_secs())?,
            None => write!(f, "{}", self.status)?,
        }
        for (name, printed) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let printed = printed.trim();
            let cut = printed.chars().count().saturating_sub(SHOWN);
            let mark = if cut > 0 { "…" } else { "" };
            let end: String = printed.chars().skip(cut).collect();
            write!(f, "\n  --- its {name} ---\n{mark}{end}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> String {
        run(Command::new("sh").args(["-c", script]), limit).unwrap().to_string()
    }

    #[test]
    #[cfg(unix)]
    fn both_streams_are_shown() {
        assert_eq!(
            shell("echo out; echo err >&2; exit 3", Duration::from_secs(60)),
            "exit status: 3\n  --- its stdout ---\nout\n  --- its stderr ---\nerr"
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_child_that_does_not_end_is_killed() {
        assert!(shell("exec sleep 600", Duration::from_secs(1)).starts_with("killed after 1 s"));
    }
}
