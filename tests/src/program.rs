//! Another implementation, as a program.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use thiserror::Error;

use crate::{Question, Reply};

/// A running program that replies to questions; one process for all cases. It is ended when this is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    questions: ChildStdin,
    replies: BufReader<ChildStdout>,
}

/// The program cannot be used. A wrong reply is no such error.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProgramError {
    /// The command line is empty or has a quote that is not closed.
    #[error("`{0}` is no command line; quote it as for a shell")]
    CommandLine(String),
    /// It does not start.
    #[error("`{command}` does not start")]
    Start {
        /// The command line.
        command: String,
        /// Why not.
        source: io::Error,
    },
    /// It reads or writes no more.
    #[error("the program stopped at {case}")]
    Stopped {
        /// The case it was asked.
        case: String,
        /// What happened to the pipe.
        source: io::Error,
    },
    /// It wrote a line that is no reply.
    #[error("at {case} the program wrote a line that is not a reply to it: {line}")]
    NoReply {
        /// The case it was asked.
        case: String,
        /// What it wrote.
        line: String,
    },
}

impl Program {
    /// Starts `command_line`, which is taken apart as a shell does. What the program writes to standard error is shown.
    ///
    /// # Errors
    /// [`ProgramError::CommandLine`], [`ProgramError::Start`].
    pub fn start(command_line: &str) -> Result<Self, ProgramError> {
        let no_command = || ProgramError::CommandLine(command_line.to_owned());
        let mut words = shlex::split(command_line).ok_or_else(no_command)?.into_iter();
        let mut command = Command::new(words.next().ok_or_else(no_command)?);
        Self::run(command.args(words))
            .map_err(|source| ProgramError::Start { command: command_line.to_owned(), source })
    }

    fn run(command: &mut Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let missing = || io::Error::from(io::ErrorKind::BrokenPipe);
        let questions = child.stdin.take().ok_or_else(missing)?;
        let replies = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        Ok(Self { child, questions, replies })
    }

    /// Asks one question and waits for the reply.
    ///
    /// # Errors
    /// [`ProgramError::Stopped`], [`ProgramError::NoReply`].
    pub fn ask(&mut self, question: &Question) -> Result<Reply, ProgramError> {
        let case = &question.case;
        let line =
            self.exchange(question).map_err(|source| ProgramError::Stopped { case: case.clone(), source })?;
        match serde_json::from_str::<Reply>(&line) {
            Ok(reply) if reply.case == *case => Ok(reply),
            _ => Err(ProgramError::NoReply { case: case.clone(), line: line.trim_end().to_owned() }),
        }
    }

    fn exchange(&mut self, question: &Question) -> io::Result<String> {
        let mut line = serde_json::to_string(question)?;
        line.push('\n');
        self.questions.write_all(line.as_bytes())?;
        self.questions.flush()?;
        line.clear();
        match self.replies.read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself already; either way nothing of it stays behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
