//! Ctrl-C, and what else asks a program to end (SIGTERM, SIGHUP), counted from the start, so that none is lost between two
//! steps.

use std::future::Future;

use tokio::sync::watch;

use crate::failure::Failure;

pub(crate) struct Interrupts(watch::Receiver<()>);

impl Interrupts {
    /// From now on Ctrl-C does not end the process; the caller of [`next`](Self::next) decides.
    pub(crate) async fn listen() -> Self {
        let (sender, receiver) = watch::channel(());
        signals::forward(&sender);
        // A task hears nothing before it has run once.
        tokio::task::yield_now().await;
        Self(receiver)
    }

    /// The next Ctrl-C; never, if there cannot be any.
    pub(crate) async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Runs `work` until Ctrl-C: for what leaves nothing behind when it is dropped.
    pub(crate) async fn end<T>(
        &mut self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::select! {
            result = work => result,
            () = self.next() => Err(Failure::interrupted("interrupted")),
        }
    }
}

#[cfg(unix)]
mod signals {
    use std::fs;

    use tokio::signal::unix::{SignalKind, signal};
    use tokio::sync::watch::Sender;

    /// Sends at each signal that asks the program to end.
    pub(super) fn forward(to: &Sender<()>) {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        // `nohup` starts a program with SIGHUP ignored, and means it.
        let heard = kinds.into_iter().filter(|&kind| kind != SignalKind::hangup() || !is_ignored(kind));
        for mut signal in heard.filter_map(|kind| signal(kind).ok()) {
            let to = to.clone();
            tokio::spawn(async move {
                while signal.recv().await.is_some() {
                    to.send_replace(());
                }
            });
        }
    }

    /// Whether this process was started with the signal ignored; `false` where the system does not tell.
    fn is_ignored(kind: SignalKind) -> bool {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        ignored >> (kind.as_raw_value() - 1) & 1 == 1
    }
}

#[cfg(not(unix))]
mod signals {
    use tokio::sync::watch::Sender;

    pub(super) fn forward(to: &Sender<()>) {
        let to = to.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                to.send_replace(());
            }
        });
    }
}
