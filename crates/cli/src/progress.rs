//! What the program waits for: shown while it lasts, and told afterwards. There is one terminal, so there is one of it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use indicatif::ProgressBar;

use crate::terminal::{self, QUIET};

static PROGRESS: Mutex<Progress> = Mutex::new(Progress { shown: None, tried: None, head: None });

struct Progress {
    /// What moves on the terminal at the moment.
    shown: Option<ProgressBar>,
    /// The request that was sent last, without what is secret: `GET https://…/ping`.
    tried: Option<String>,
    /// The head of the last response.
    head: Option<(StatusCode, HeaderMap)>,
}

fn progress() -> MutexGuard<'static, Progress> {
    PROGRESS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on `bar` is what the user sees.
pub(crate) fn show(bar: Option<ProgressBar>) {
    progress().shown = bar;
}

/// A request is about to be sent, for the `attempt`-th time.
pub(crate) fn sending(request: String, attempt: u32) {
    let mut progress = progress();
    if let Some(bar) = progress.shown.as_ref().filter(|_| attempt > 1) {
        bar.set_prefix(format!(", attempt {attempt}"));
    }
    progress.tried = Some(request);
    progress.head = None;
}

/// The head of its response came.
pub(crate) fn responded(status: StatusCode, headers: &HeaderMap) {
    progress().head = Some((status, headers.clone()));
}

/// The request that was sent last.
pub(crate) fn tried() -> Option<String> {
    progress().tried.clone()
}

/// The head of the response to it.
pub(crate) fn head() -> Option<(StatusCode, HeaderMap)> {
    progress().head.clone()
}

/// Prints a line above what moves.
pub(crate) fn say(text: &str) {
    let shown = progress().shown.clone();
    match shown {
        Some(bar) => bar.suspend(|| terminal::say(text)),
        None => terminal::say(text),
    }
}

/// Waits before the next attempt, and shows how long.
pub(crate) async fn wait(duration: Duration, verbose: bool) {
    let text = format!("trying again in {:.1} s", duration.as_secs_f64());
    if let Some(bar) = &progress().shown {
        bar.set_prefix(format!(", {text}"));
    }
    if verbose {
        say(&format!("{QUIET}          {text}{QUIET:#}"));
    }
    tokio::time::sleep(duration).await;
}
