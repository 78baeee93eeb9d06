//! The provider's redirect, pasted by the user: for a browser on another machine, or a callback URL elsewhere.

use std::io;

use tokio::sync::mpsc;
use your_moms_core::PendingAuthorization;

use super::redirect::Redirect;
use crate::failure::Failure;
use crate::terminal;

/// Reads lines until one is the redirect. At a terminal the user may try again; elsewhere the first line counts.
pub(super) async fn read(pending: PendingAuthorization) -> Result<Redirect, Failure> {
    let mut lines = lines();
    loop {
        let line = lines.recv().await.ok_or_else(|| {
            Failure::failed("no redirect was pasted")
                .help("give the URL that the browser ends up at on standard input")
        })?;
        let line = line.map_err(|error| Failure::failed("standard input cannot be read").because(&error))?;
        if pending.matches(&line) {
            return Ok(Redirect::verify(pending, line.trim()));
        }
        if !terminal::is_interactive() {
            return Err(Failure::failed("what was pasted does not carry the `state` of this authorization")
                .help("paste the whole URL that the browser ends up at"));
        }
        terminal::say("    This does not carry the `state` of this authorization. Paste the whole URL:");
    }
}

/// The lines of standard input, read on a thread that ends with the process: reading cannot be cancelled.
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
