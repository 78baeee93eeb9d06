//! A terminal, and what a person at it sees and types.

use std::io::{Read, Write};
use std::process::Command;
use std::thread;

use anstream::adapter::strip_str;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::support::User;

/// `ECHO` among the local modes, on every Unix.
const ECHO: u64 = 8;

/// A program at a terminal of its own.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: Box<dyn Read + Send>,
    master: Box<dyn MasterPty + Send>,
    /// Everything that was printed, with its escape sequences.
    printed: Vec<u8>,
    /// How much of it, without escape sequences, was waited for.
    seen: usize,
}

impl Terminal {
    /// The program with these arguments, as `user`.
    pub(crate) fn start(user: &User, arguments: &[&str]) -> Self {
        Self::of(&user.command(arguments), 100)
    }

    /// Any command, at a terminal of so many columns.
    pub(crate) fn of(command: &Command, columns: u16) -> Self {
        let size = PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        builder.env("TERM", "xterm-256color");
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => builder.env(name, value),
                None => builder.env_remove(name),
            }
        }
        let child = pair.slave.spawn_command(builder).unwrap();
        Self {
            child,
            keyboard: pair.master.take_writer().unwrap(),
            screen: pair.master.try_clone_reader().unwrap(),
            master: pair.master,
            printed: Vec::new(),
            seen: 0,
        }
    }

    /// Waits for `text`, after everything that was waited for before.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) {
        loop {
            let printed = self.printed();
            let rest = printed.get(self.seen..).unwrap_or_default();
            if let Some(at) = rest.find(text) {
                self.seen += at + text.len();
                return;
            }
            assert!(self.reads(), "no {text:?} in {rest:?} of {printed:?}");
        }
    }

    /// The line that has `text` in it, which was seen already. It is as long as it was printed, however wide the terminal is.
    pub(crate) fn line_with(&self, text: &str) -> String {
        self.printed().lines().find(|line| line.contains(text)).unwrap().trim().to_owned()
    }

    /// Types a line.
    pub(crate) fn types(&mut self, line: &str) {
        self.presses(&format!("{line}\r"));
    }

    /// Types a line that is not to be seen, once the terminal shows nothing of what is typed.
    pub(crate) fn types_unseen(&mut self, line: &str) {
        while self.echoes() {
            thread::yield_now();
        }
        self.types(line);
    }

    pub(crate) fn presses(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Whether the terminal shows what is typed.
    pub(crate) fn echoes(&self) -> bool {
        u64::from(self.master.get_termios().unwrap().local_flags.bits()) & ECHO != 0
    }

    /// Reads to the end. The exit code, and everything that was printed as it came.
    pub(crate) fn end(mut self) -> (u32, String) {
        while self.reads() {}
        (self.child.wait().unwrap().exit_code(), String::from_utf8(self.printed).unwrap())
    }

    /// What was printed, without escape sequences.
    fn printed(&self) -> String {
        strip_str(&String::from_utf8_lossy(&self.printed)).to_string()
    }

    /// Reads what comes next; `false` at the end. Linux ends a terminal whose program has gone with an error.
    fn reads(&mut self) -> bool {
        let mut piece = [0; 4096];
        let length = self.screen.read(&mut piece).unwrap_or(0);
        self.printed.extend_from_slice(piece.get(..length).unwrap_or_default());
        length > 0
    }
}

/// `text` without escape sequences.
pub(crate) fn plain(text: &str) -> String {
    strip_str(text).to_string()
}
