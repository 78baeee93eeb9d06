//! The test that is running, so that another process can be told to run it.

use std::ffi::OsString;
use std::process::Command;
use std::{env, io, thread};

/// How to run this same test again.
pub(crate) struct OwnTest(Vec<OsString>);

impl OwnTest {
    /// A test's thread has its test's name. On the main thread a test harness runs a single test, or there is none: the
    /// arguments of this process lead there again.
    pub(crate) fn of_this_thread() -> Self {
        match thread::current().name() {
            Some(name) if name != "main" => Self(vec![name.into(), "--exact".into(), "--nocapture".into()]),
            _ => Self(env::args_os().skip(1).collect()),
        }
    }

    pub(crate) fn command(&self) -> io::Result<Command> {
        let mut command = Command::new(env::current_exe()?);
        command.args(&self.0);
        Ok(command)
    }
}
