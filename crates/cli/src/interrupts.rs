//! Ctrl-C, counted from the start, so that none is lost between two steps.

use std::future::Future;

use tokio::sync::watch;

use crate::failure::Failure;

pub(crate) struct Interrupts(watch::Receiver<()>);

impl Interrupts {
    /// From now on Ctrl-C does not end the process; the caller of [`next`](Self::next) decides.
    pub(crate) async fn listen() -> Self {
        let (sender, receiver) = watch::channel(());
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                sender.send_replace(());
            }
        });
        // The task hears nothing before it has run once.
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
