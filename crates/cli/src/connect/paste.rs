//! The provider's redirect, pasted by the user: for a browser on another machine, or a callback URL elsewhere.

use std::io;
use std::time::SystemTime;

use tokio::sync::mpsc;
use your_moms_core::{Callback, CallbackError, Pending};

use super::listener::why_not;
use crate::failure::Failure;
use crate::terminal;

/// Reads lines until one is the redirect. At a terminal the user may try again; elsewhere the first line counts.
pub(super) async fn read(pending: &Pending) -> Result<Result<Callback, CallbackError>, Failure> {
    let mut lines = lines();
    loop {
        let line = lines.recv().await.ok_or_else(|| Failure::failed("no redirect was pasted"))?;
        let line = line.map_err(|error| Failure::failed("standard input cannot be read").because(&error))?;
        match pending.read(line.trim(), SystemTime::now()) {
            answer @ (Ok(_) | Err(CallbackError::Denied(_))) => return Ok(answer),
            Err(error) if terminal::is_interactive() => {
                terminal::say(&format!("    This does not count: {}. Paste the whole URL:", why_not(&error)));
            }
            Err(error) => {
                return Err(Failure::failed("what was pasted does not finish the connection").because(&error));
            }
        }
    }
}

/// The lines of standard input, read on a thread that ends with the process: reading cannot be given up.
fn lines() -> mpsc::UnboundedReceiver<io::Result<String>> {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in io::stdin().lines() {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
