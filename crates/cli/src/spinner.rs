//! Something that moves while the user waits.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::{progress, terminal};

/// Something moves while the user waits; nothing does where standard error is no terminal.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    pub(crate) fn start(text: impl Into<String>) -> Self {
        let bar = ProgressBar::new_spinner().with_message(text.into());
        if let Ok(style) = ProgressStyle::with_template("    {spinner} {msg} ({elapsed}{prefix})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        progress::show(Some(bar.clone()));
        Self(bar)
    }

    /// Prints a line above the spinner.
    pub(crate) fn say(&self, text: &str) {
        self.0.suspend(|| terminal::say(text));
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        progress::show(None);
        self.0.finish_and_clear();
    }
}
