//! Ctrl-C, and what else asks a program to end (SIGTERM, SIGHUP), counted from the start, so that none is lost between two
//! steps.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{process, thread};

use tokio::sync::{oneshot, watch};

use crate::exit::Exit;
use crate::failure::Failure;

/// Longer than anything takes that is not waiting.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Interrupts {
    raised: watch::Receiver<u64>,
    noticed: Arc<AtomicU64>,
}

impl Interrupts {
    /// From now on Ctrl-C does not end the process; the caller of [`next`](Self::next) decides.
    pub(crate) async fn listen() -> Self {
        let (sender, raised) = watch::channel(0);
        let noticed = Arc::<AtomicU64>::default();
        let bell = Bell { raised: sender, noticed: noticed.clone() };
        let (ready, listening) = oneshot::channel::<()>();
        // On a thread of its own, since this one may hang in a write that nobody reads.
        thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                signals::forward(&Arc::new(bell));
                // A task hears nothing before it has run once.
                tokio::task::yield_now().await;
                drop(ready);
                std::future::pending::<()>().await;
            });
        });
        // Also where there is no such thread: then Ctrl-C ends the process.
        drop(listening.await);
        Self { raised, noticed }
    }

    /// The next Ctrl-C; never, if there cannot be any.
    pub(crate) async fn next(&mut self) {
        if self.raised.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
        self.noticed.store(*self.raised.borrow(), Ordering::SeqCst);
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

/// What a signal rings.
struct Bell {
    raised: watch::Sender<u64>,
    noticed: Arc<AtomicU64>,
}

impl Bell {
    /// Where it is not noticed soon, nobody is going to: the program hangs in what cannot be dropped, such as writing into a
    /// pipe that nobody reads. Ringing again does not wait for that.
    fn ring(self: &Arc<Self>) {
        let number = *self.raised.borrow() + 1;
        self.end_unless_noticed(number - 1);
        self.raised.send_replace(number);
        let bell = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            bell.end_unless_noticed(number);
        });
    }

    fn end_unless_noticed(&self, number: u64) {
        if number > self.noticed.load(Ordering::SeqCst) {
            process::exit(Exit::Interrupted as i32);
        }
    }
}

#[cfg(unix)]
mod signals {
    use std::fs;
    use std::sync::Arc;

    use tokio::signal::unix::{SignalKind, signal};

    use super::Bell;

    /// Rings at each signal that asks the program to end.
    pub(super) fn forward(to: &Arc<Bell>) {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        // `nohup` starts a program with SIGHUP ignored, and means it.
        let heard = kinds.into_iter().filter(|&kind| kind != SignalKind::hangup() || !is_ignored(kind));
        for mut signal in heard.filter_map(|kind| signal(kind).ok()) {
            let to = to.clone();
            tokio::spawn(async move {
                while signal.recv().await.is_some() {
                    to.ring();
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
    use std::sync::Arc;

    use super::Bell;

    pub(super) fn forward(to: &Arc<Bell>) {
        let to = to.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                to.ring();
            }
        });
    }
}
